/** Users and groups of this system. */

import { addon } from '../server/native.ts';

interface NativeAccounts {
  readonly hasAccount: (user: string, group: string) => boolean;
  readonly mayBecome: (user: string, group: string) => boolean;
}

const native: NativeAccounts = addon as NativeAccounts;

const kOnlyRoot = 'needs root: start the server as root, or leave it out';

/** Why the server can't become that user; null if it can. */
export function faultOfUser(user: string): string | null {
  if (user === '') return null;
  if (!native.hasAccount(user, '')) return 'is not a user of this system: see useradd(8)';
  return native.mayBecome(user, '') ? null : kOnlyRoot;
}

/** Why it can't take that group; null if it can. */
export function faultOfGroup(group: string): string | null {
  if (group === '') return null;
  if (!native.hasAccount('', group)) return 'is not a group of this system: see groupadd(8)';
  return native.mayBecome('', group) ? null : kOnlyRoot;
}
