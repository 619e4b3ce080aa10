/** Words that name a prototype: as a key from outside they would change every object there is. */

import type { Issue } from '../../error.ts';

const kReserved: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** The first key of a parsed document that is such a word, as a path; null for a good document. */
export function reservedIn(document: unknown): string | null {
  // A list of what is still to be looked at: a document may be deeper than the stack.
  const open: { readonly at: string; readonly value: unknown }[] = [{ at: '', value: document }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, value } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const place = Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`;
      if (kReserved.includes(key)) return place.replace(/^\./, '');
      open.push({ at: place, value: inner });
    }
  }
  return null;
}

/** What every object has, or a dotted key with such a word in it: no question can be called so. */
export function isReservedKey(key: string): boolean {
  return key in Object.prototype || key.split('.').some((part) => kReserved.includes(part));
}

export function reservedIssue(file: string, key: string): Issue {
  const message = `the key ${JSON.stringify(key)} is refused: JavaScript reserves that word`;
  return { at: file, message, fix: 'Rename it, or remove it.' };
}
