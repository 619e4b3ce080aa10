/**
 * Before a plopfile can write where it may not, refuses with an explanation. Behind this is a
 * safety net, Node's permission model, under which this process runs: it refuses, too, but names no
 * path.
 */

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathFault } from '../../../plan/safe-path.ts';
import { type PlopfilePlace, writableOf } from '../protocol.ts';

/** For each function, the positions of the arguments that name a place to write to. */
const kWriting: Readonly<Record<string, readonly number[]>> = {
  appendFile: [0],
  chmod: [0],
  copyFile: [1],
  cp: [1],
  createWriteStream: [0],
  link: [1],
  mkdir: [0],
  mkdtemp: [0],
  open: [0],
  rename: [0, 1],
  rm: [0],
  rmdir: [0],
  symlink: [1],
  truncate: [0],
  unlink: [0],
  writeFile: [0],
};

/** Functions that read what their first argument names. */
const kReading = ['readFile', 'createReadStream', 'readdir', 'stat', 'lstat', 'access', 'exists'];

type Call = (this: unknown, ...args: unknown[]) => unknown;

const kUnguarded = { existsSync: fs.existsSync };

/** Returns the list to which every refusal is added, in the words that the plopfile gets. */
export function guardWrites(place: PlopfilePlace): readonly string[] {
  const refusals: string[] = [];
  const check = (name: string, args: readonly unknown[]): void => {
    if (name === 'open' && isReading(args[1])) return;
    for (const at of kWriting[name] ?? []) {
      const fault = faultOf(args[at], place);
      if (fault === null) continue;
      refusals.push(fault);
      throw new Error(fault);
    }
  };
  for (const name of Object.keys(kWriting)) {
    replace(fs, name, (call) => guarded(call, (args) => check(name, args)));
    replace(fs, `${name}Sync`, (call) => guarded(call, (args) => check(name, args)));
    replace(fs.promises, name, (call) => rejecting(call, (args) => check(name, args)));
  }
  for (const name of [...kReading, 'open', 'copyFile', 'cp']) {
    for (const room of [fs, fs.promises]) {
      replace(room, name, (call) => foundFirst(call, place));
      replace(room, `${name}Sync`, (call) => foundFirst(call, place));
    }
  }
  syncBuiltinESMExports();
  return refusals;
}

/**
 * A relative path that doesn't exist in the project, such as `templates/logo.png`, is looked for
 * beside the plopfile.
 */
function foundFirst(call: Call, { plopfile, destination }: PlopfilePlace): Call {
  const { existsSync } = kUnguarded;
  return function (first, ...rest) {
    const isRelative = typeof first === 'string' && !isAbsolute(first);
    if (!isRelative || process.cwd() !== destination || existsSync(first)) {
      return call.call(this, first, ...rest);
    }
    const beside = resolve(dirname(plopfile), first);
    return call.call(this, existsSync(beside) ? beside : first, ...rest);
  };
}

function replace(room: object, name: string, by: (call: Call) => Call): void {
  const calls = room as Record<string, Call | undefined>;
  const call = calls[name];
  if (call !== undefined) calls[name] = by(call);
}

function guarded(call: Call, check: (args: readonly unknown[]) => void): Call {
  return function (...args) {
    check(args);
    return call.apply(this, args);
  };
}

function rejecting(call: Call, check: (args: readonly unknown[]) => void): Call {
  return async function (...args) {
    check(args);
    return await call.apply(this, args);
  };
}

const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;

/** Without flags, or with a callback in their place, a file is opened for reading. */
function isReading(flags: unknown): boolean {
  if (typeof flags === 'string') return flags === 'r' || flags === 'rs';
  if (typeof flags !== 'number') return true;
  return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)) === 0;
}

/** Why the path may not be written; null if it may, or if it is a descriptor rather than a path. */
function faultOf(path: unknown, place: PlopfilePlace): string | null {
  if (typeof path !== 'string' && !(path instanceof URL) && !Buffer.isBuffer(path)) return null;
  const named = resolve(path instanceof URL ? fileURLToPath(path) : String(path));
  if (named === '/dev/null') return null;
  const real = realPlace(named);
  const below = (folder: string): boolean => real === folder || real.startsWith(folder + sep);
  const inside = relative(place.destination, named);
  if (!writableOf(place).some(below)) {
    const through = real === named ? '' : ` through a symbolic link (${real})`;
    return `it would write "${inside}", outside the project${through}`;
  }
  const fault = below(place.destination) && inside !== '' ? pathFault(inside) : null;
  return fault === null ? null : `it would write "${inside}", which ${fault}`;
}

/** The real path; the last parts of it need not exist yet. */
function realPlace(path: string): string {
  let folder = path;
  while (folder !== dirname(folder)) {
    try {
      return fs.realpathSync(folder) + path.slice(folder.length);
    } catch {
      folder = dirname(folder);
    }
  }
  return path;
}
