/** Words that name a prototype: as a key from outside they could change every object. */

import type { Issue } from '../../error.ts';

const kReserved: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** The first such key of a parsed document, as a path; null for a valid document. */
export function reservedIn(document: unknown): string | null {
  // A list of what is still to be examined: a document may be deeper than the stack.
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

/** A property every object has, or a dotted key containing such a word: no question may use it. */
export function isReservedKey(key: string): boolean {
  return key in Object.prototype || key.split('.').some((part) => kReserved.includes(part));
}

export function reservedIssue(file: string, key: string): Issue {
  const message = `the key ${JSON.stringify(key)} is refused: JavaScript reserves that word`;
  return { at: file, message, fix: 'Rename it, or remove it.' };
}
