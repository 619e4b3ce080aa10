/** Packs on the command line bring flags of their own, so they are looked for first. */

import type { Host } from '../console/host.ts';
import type { Issue } from '../error.ts';
import { runCommand } from '../native/run-command.ts';
import { rebaseSource } from '../pack/source/path-source.ts';
import { builtIn, type Engine, engineOf } from '../project.ts';
import type { Draft } from '../spec/draft.ts';
import type { PackReference, Spec } from '../spec/spec.ts';
import { shellWords } from './create/show/report.ts';
import { type Flag, type FlagValue, parseArguments } from './flags.ts';
import { trustOptions } from './pack/trusting.ts';

const kGroup = 'Packs';

export const kTrustFlag: Flag = {
  name: 'trust',
  takes: 'switch',
  help: "run the packs' code and build what they write, without asking",
  group: kGroup,
};

export const kPackFlags: readonly Flag[] = [
  {
    name: 'pack',
    takes: 'list',
    placeholder: 'SOURCE',
    help: 'use a template pack: ./folder, npm name, file.tgz, git+URL#COMMIT; repeatable',
    group: kGroup,
  },
  kTrustFlag,
];

/** Reads the flags that must be known before the others can be read; `more` are further ones. */
export function earlyFlags(
  host: Host,
  more: readonly Flag[],
  program: string,
): ReadonlyMap<string, FlagValue> {
  const quiet = ['yes', 'json', 'dry-run'].map(
    (name): Flag => ({ name, takes: 'switch', help: '', group: '' }),
  );
  return parseArguments([...kPackFlags, ...quiet, ...more], host.args, program).values;
}

export interface Loaded {
  readonly engine: Engine;
  /** How the project refers to its packs. */
  readonly references: readonly PackReference[];
  readonly warnings: readonly Issue[];
}

interface Wanted {
  /** Those the project already has. */
  readonly before: readonly PackReference[];
  /** Sources from the command line, as typed in `host.cwd`. */
  readonly added: readonly string[];
  /** The project directory; its references are relative to it. */
  readonly directory: string;
  /** Fetches nothing. */
  readonly isLook: boolean;
  /** `create-hpserver add`: the command to repeat if a pack isn't trusted. */
  readonly program: string;
}

/** Errors: `UserError`: usage, failure, or untrusted pack; see `loadPacks`. */
export async function loadEngine(
  host: Host,
  flags: ReadonlyMap<string, FlagValue>,
  { before, added, directory, isLook, program }: Wanted,
): Promise<Loaded> {
  const machine = await host.machine();
  if (before.length + added.length === 0)
    return { engine: engineOf([], machine), references: [], warnings: [] };
  const { loadPacks, olderIssues } = await import('../pack/load/load-packs.ts');
  const fresh = added.map((source) => ({ source: rebaseSource(source, host.cwd, directory) }));
  const command = `${program} ${shellWords(host.args)}`;
  const options = { builtIn, directory, isLook, ...trustOptions(host, flags, command) };
  const packs = await loadPacks([...before, ...fresh], options);
  return {
    engine: engineOf(packs, machine),
    references: packs.flatMap(({ reference }) => reference ?? []),
    warnings: olderIssues(packs, before),
  };
}

/** The spec, with its references to packs rewritten from one directory to another. */
export function seenFrom(spec: Spec, from: string, to: string): Spec {
  const packs = spec.packs.map((pack) => ({
    ...pack,
    source: rebaseSource(pack.source, from, to),
  }));
  return { ...spec, packs };
}

export function sourcesIn(flags: ReadonlyMap<string, FlagValue>): readonly string[] {
  const given = flags.get('pack');
  return Array.isArray(given) ? given : [];
}

/** Answers to an earlier pack version's questions, converted to answers for the present version. */
export function migratedBy(
  { packs }: Engine,
  draft: Draft,
  before: readonly PackReference[],
): Draft {
  const answers = packs.reduce((older, { name, migrate }) => {
    const known = before.find((reference) => reference.name === name);
    return migrate === undefined || known === undefined ? older : migrate(older, known.version);
  }, draft.answers);
  return { ...draft, answers };
}

/** Runs the packs' trusted commands, once the project is written; failures are reported. */
export async function runHooks(host: Host, { packs }: Engine, directory: string): Promise<void> {
  for (const argv of packs.flatMap(({ hooks = [] }) => hooks)) {
    host.err.write(`$ ${shellWords(argv)}\n`);
    const { status, tail } = await runCommand(argv, directory);
    if (status !== 0) host.err.write(`Failed (${status}):\n${tail.join('\n')}\n`);
  }
}
