/** Paths a generator may use: inside the project, and the same on every file system. */

/** Why the path may not be written; null for a valid one. */
export function pathFault(path: string): string | null {
  const parts = path.split('/');
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'contains a NUL';
  if (/\p{Cc}/u.test(path)) return 'contains a control character';
  if (path.includes('\\')) return 'contains a backslash';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'is absolute';
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'is not normalised';
  if (parts.some(isGit)) return 'is inside .git';
  if (isStateFolder(parts[0] ?? '')) return 'is inside .hpserver';
  return parts.map(nameFault).find((fault) => fault !== null) ?? null;
}

/**
 * To NTFS `.GIT`, `.git.`, `.git::$INDEX_ALLOCATION` and `git~1` are the same folder, and HFS+
 * ignores zero-width characters: CVE-2014-9390, CVE-2019-1352.
 */
function isGit(part: string): boolean {
  const name = folded(part);
  return name === '.git' || name === 'git~1' || name.startsWith('.git:');
}

function isStateFolder(part: string): boolean {
  return folded(part) === '.hpserver';
}

function folded(part: string): string {
  return part
    .replace(/\p{Cf}/gu, '')
    .replace(/[. ]+$/, '')
    .toLowerCase();
}

/** Windows treats these names as devices, whatever extension follows them. */
const kDevice = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)/i;

function nameFault(part: string): string | null {
  if (kDevice.test(part)) return 'names a device';
  if (/[. ]$/.test(part)) return 'has a part that ends with a dot or a space';
  if (/[<>:"|?*]/.test(part)) return 'has a character that not every file system accepts';
  return part.length > 255 ? 'has a part with more than 255 characters' : null;
}
