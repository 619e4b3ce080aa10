/** The files covered by the house rules: whatever git knows, or would know. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const kRoot: string = fileURLToPath(new URL('../..', import.meta.url));

export interface Source {
  /** Below the repository. */
  readonly path: string;
  readonly text: string;
}

/** Tracked and new files, without ignored ones. */
export function allSources(): readonly Source[] {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: kRoot,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(kRoot + path))
    .sort()
    .map((path) => ({ path, text: readFileSync(kRoot + path, 'utf8') }));
}

/** llparse writes this folder; it follows other rules. */
export function isGenerated({ path }: Source): boolean {
  return path.startsWith('native-core/generated/');
}

export function isTypeScript({ path }: Source): boolean {
  return /\.ts(\.hbs)?$/.test(path);
}

export function isHeader({ path }: Source): boolean {
  return /\.h(\.hbs)?$/.test(path);
}

export function isUnit({ path }: Source): boolean {
  return /\.cc(\.hbs)?$/.test(path);
}

export function isTest({ path }: Source): boolean {
  return /(\.test\.ts|_test\.cc)(\.hbs)?$/.test(path) || /(^|\/)test\//.test(path);
}

/** The number of lines in a text that ends with a line break. */
export function lineCount({ text }: Source): number {
  return text.split('\n').length - 1;
}
