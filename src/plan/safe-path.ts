/** Paths that a generator may name: inside the project, the same on every file system. */

/** Why the path may not be written; null for a good one. */
export function pathFault(path: string): string | null {
  const parts = path.split('/');
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'contains a NUL';
  if (path.includes('\\')) return 'contains a backslash';
  if (path.startsWith('/')) return 'is absolute';
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'is not normal';
  if (parts[0]?.toLowerCase() === '.git') return 'is inside .git';
  if (parts[0]?.toLowerCase() === '.hpserver') return 'is inside .hpserver';
  return null;
}
