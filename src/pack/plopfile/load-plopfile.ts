/** An existing plopfile as a pack: each of its generators becomes a kind of addition. */

import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { ExitCode, UserError } from '../../error.ts';
import type { Generator } from '../../plan/generator.ts';
import type { PackReference } from '../../spec/spec.ts';
import type { Pack } from '../pack.ts';
import { kPlopfiles, plopfileIn } from './plopfile-in.ts';
import type { Described } from './protocol.ts';
import { additionKindOf } from './questions.ts';
import { rework, withFolder } from './rework.ts';
import { runTask, startChild } from './run-child.ts';

export interface Surroundings {
  /** The project that it may read while it is loaded (`plop.getDestBasePath()`), if that exists. */
  readonly project: string;
  /**
   * Kinds of additions that other packs have. If `route` is taken, the generator `route` becomes
   * `PACK:route`.
   */
  readonly taken: readonly string[];
}

/**
 * Runs the plopfile, so its source must be trusted, in a process that cannot write. Errors:
 * `UserError` (usage) if there is no plopfile, it cannot be loaded, or it has no generator.
 */
export async function loadPlopfile(
  folder: string,
  reference: PackReference,
  { project = process.cwd(), taken = [] }: Partial<Surroundings> = {},
): Promise<Pack> {
  const path = plopfileIn(folder);
  if (path === null) throw unusable(folder, `it contains none of ${kPlopfiles.join(', ')}`);
  const { generators } = await describe(path, project);
  if (generators.length === 0) throw unusable(path, 'it defines no generator');
  const { name, version } = reference;
  const kinds = generators.map((each) => {
    const kind = taken.includes(each.name) ? `${name}:${each.name}` : each.name;
    return { ...additionKindOf(each, reference.source), kind };
  });
  const generator: Generator = {
    id: `plop:${name}`,
    questions: [],
    rules: [],
    additions: kinds,
    // The files come from `rework`: which they are is known only after the actions have run.
    files: () => [],
  };
  const called = new Map(kinds.map(({ kind }, at) => [kind, generators[at]?.name ?? kind]));
  const plopfile = { path, project: resolve(project), name, generators: called };
  return {
    name,
    version,
    reference,
    generators: [generator],
    assets: { read: (asset) => missing(asset), list: () => [] },
    rework: (tree, spec) => rework(plopfile, tree, spec),
  };
}

async function describe(path: string, project: string): Promise<Described> {
  return await withFolder(async (scratch) => {
    const destination = existsSync(project) ? resolve(project) : scratch;
    const place = { plopfile: path, destination, project: destination, scratch, writes: false };
    const child = startChild(place);
    const outcome = await runTask(child, { task: 'describe' }, basename(path));
    if (outcome.kind !== 'described') throw new Error(`a plopfile was ${outcome.kind}`);
    return outcome;
  });
}

function unusable(at: string, message: string): UserError {
  const fix = 'Use a folder with a plopfile that defines at least one generator.';
  return new UserError(ExitCode.usage, [{ at, message, fix }]);
}

/** A plopfile reads its templates itself. */
function missing(asset: string): never {
  throw new Error(`a plopfile has no asset "${asset}"`);
}
