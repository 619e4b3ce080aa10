/** Turns a draft's packs into references. What npm or git will be asked for is checked here. */

import type { Issue } from '../../error.ts';
import type { Answers } from '../question.ts';
import type { PackReference, PinnedPack } from '../spec.ts';

export interface ParsedPacks {
  readonly packs: readonly PackReference[];
  readonly issues: readonly Issue[];
}

/**
 * Reports every problem at once. To npm, an invalid version would be a tag, a file or a repository:
 * a cloned project could use that to choose what npm does.
 */
export function parsePacks(raw: readonly Answers[]): ParsedPacks {
  const read = raw.map((entry, at) => packOf(entry, `packs[${at}]`));
  return {
    packs: read.flatMap((one) => ('message' in one ? [] : [one])),
    issues: read.flatMap((one) => ('message' in one ? [one] : [])),
  };
}

/** A semantic version, judged by its form: https://semver.org/#spec-item-2, -9, -10. */
export function isVersion(text: string): boolean {
  return /^\d+\.\d+\.\d+(?:-[\dA-Za-z.-]+)?(?:\+[\dA-Za-z.-]+)?$/.test(text) && text.length <= 256;
}

function packOf({ source, name, version, ...more }: Answers, at: string): PackReference | Issue {
  if (![source, name, version].every(isWord)) {
    const message = 'a pack needs a "source", a "name" and a "version"';
    return { at, message, fix: 'Fix it, or remove it.' };
  }
  if (!isVersion(String(version))) return noVersion(version, `${at}.version`);
  const { sha256, parents = [] } = more;
  const known = { source: String(source), name: String(name), version: String(version) };
  if (sha256 !== undefined && !isHash(sha256)) return noHash(sha256, `${at}.sha256`);
  const pins = Array.isArray(parents) ? parents.map(pinOf) : [null];
  const good = pins.filter((pin) => pin !== null);
  if (good.length < pins.length) {
    const message = 'a parent needs a "source", a "version" such as 1.0.0, and a "sha256"';
    return { at: `${at}.parents`, message, fix: kAnew };
  }
  return {
    ...known,
    ...(isHash(sha256) ? { sha256 } : {}),
    ...(good.length === 0 ? {} : { parents: good }),
  };
}

function pinOf(raw: unknown): PinnedPack | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { source, version, sha256 } = raw as Answers;
  if (!isWord(source) || !isWord(version) || !isVersion(version) || !isHash(sha256)) return null;
  return { source, version, sha256 };
}

function isWord(part: unknown): part is string {
  // Control characters could manipulate the terminal that shows a message.
  return typeof part === 'string' && part !== '' && !/\p{Cc}/u.test(part);
}

function isHash(part: unknown): part is string {
  return typeof part === 'string' && /^[\da-f]{64}$/.test(part);
}

const kAnew = 'Restore it, or name the pack again: create-hpserver regenerate --pack SOURCE.';

function noVersion(version: unknown, at: string): Issue {
  const message = `${JSON.stringify(version)} is not a valid version, so nothing was fetched`;
  return { at, message, fix: `Write one such as 1.0.0. ${kAnew}` };
}

function noHash(sha256: unknown, at: string): Issue {
  const message = `${JSON.stringify(sha256)} is not a hexadecimal SHA-256`;
  return { at, message, fix: kAnew };
}
