/** Words that name prototypes: as a key in input, such a word could change every object. */

import type { Issue } from '../../error.ts';

const kReserved: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** The first such key of a parsed document, as a path; null for a valid document. */
export function reservedIn(document: unknown): string | null {
  // A list of values to be examined, because a document may be nested more deeply than the stack
  // allows.
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

/**
 * True for a property that every object has, and for a dotted key that contains such a word: no
 * question may be called that.
 */
export function isReservedKey(key: string): boolean {
  return key in Object.prototype || key.split('.').some((part) => kReserved.includes(part));
}

export function reservedIssue(file: string, key: string): Issue {
  const message = `the key ${JSON.stringify(key)} is refused: JavaScript reserves that word`;
  return { at: file, message, fix: 'Rename it, or remove it.' };
}
