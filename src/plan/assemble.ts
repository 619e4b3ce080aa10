/** Spec → Plan: asks every generator for its files and makes sure they fit together. */

import { ExitCode, UserError } from '../error.ts';
import type { Spec } from '../spec/spec.ts';
import type { Assets } from './assets.ts';
import { contributedBy } from './contributed.ts';
import type { FileIntent, Generator } from './generator.ts';
import { pathFault } from './safe-path.ts';

/** Every file of the project, sorted by path, each path once. */
export type Plan = readonly FileIntent[];

/**
 * Errors: `UserError` (usage) if two generators use the same path or id, or contribute the same
 * thing, or if a path leaves the project. Built-in generators never do, so it is a pack's mistake.
 */
export function assemble(generators: readonly Generator[], spec: Spec, assets: Assets): Plan {
  const contributed = contributedBy(generators, spec);
  const intents = generators.flatMap((generator) => generator.files(spec, assets, contributed));
  refuseUnsafe(intents);
  refuseCollisions(intents, 'path', (intent) => intent.path.toLowerCase());
  refuseCollisions(intents, 'id', (intent) => intent.id);
  refuseFilesAsFolders(intents);
  return intents.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function refuseUnsafe(intents: readonly FileIntent[]): void {
  for (const { id, path } of intents) {
    const fault = pathFault(path);
    if (fault !== null) throw refusal(path, `"${id}" plans the path "${path}", which ${fault}`);
  }
}

function refuseCollisions(
  intents: readonly FileIntent[],
  what: 'path' | 'id',
  keyOf: (intent: FileIntent) => string,
): void {
  const seen = new Map<string, FileIntent>();
  for (const intent of intents) {
    const other = seen.get(keyOf(intent));
    if (other !== undefined) {
      const both = `${other.id} (${other.path}) and ${intent.id} (${intent.path})`;
      throw refusal(intent.path, `two plans for one ${what}: ${both}`);
    }
    seen.set(keyOf(intent), intent);
  }
}

/** `a` and `a/b` cannot both be files. */
function refuseFilesAsFolders(intents: readonly FileIntent[]): void {
  const files = new Set(intents.map((intent) => intent.path.toLowerCase()));
  for (const { id, path } of intents) {
    const parts = path.toLowerCase().split('/');
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      if (files.has(folder))
        throw refusal(path, `"${id}" needs the folder "${folder}", but that is a file`);
    }
  }
}

function refusal(at: string, message: string): UserError {
  const fix = 'Leave out the pack that plans it, or change "to" of that file in its hppack.json.';
  return new UserError(ExitCode.usage, [{ at, message, fix }]);
}
