/** Fetches a pack from npm's registry, or from a git repository. None of it runs. */

import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ExitCode, UserError } from '../../error.ts';
import { kWithoutPrograms } from '../../native/git.ts';
import { type Outcome, runCommand } from '../../native/run-command.ts';
import { type Environment, temporaryFolder } from './cache.ts';
import type { Child } from './child.ts';
import { neutralNpm, refuseOtherRegistry, refuseUnbound } from './npm.ts';
import type { PackFolder } from './pack-folder.ts';
import { readTarball } from './read-tarball.ts';
import type { SourceReference } from './reference.ts';

type Npm = Extract<SourceReference, { kind: 'npm' }>;
type Git = Extract<SourceReference, { kind: 'git' }>;

export interface FetchPlace {
  readonly cache: string;
  /** The base of relative sources. No configuration in that folder takes effect. */
  readonly directory: string;
  readonly env: Environment;
  /** As written by the user. */
  readonly source: string;
  readonly child: Child | null;
}

/** Errors: `UserError` (failure) if npm cannot fetch it, (usage) if it isn't a pack. */
export function fetchFromNpm({ name, range }: Npm, place: FetchPlace): Promise<PackFolder> {
  return within(place, async (folder) => {
    const npm = await neutralNpm(folder, place.env);
    await refuseOtherRegistry(name, place, npm);
    if (place.child !== null) await refuseUnbound(name, place.child, npm);
    const spec = `${name}@${range}`;
    // Overrides the user's log level: without messages there would be no reason to report.
    const flags = ['--loglevel=error', '--ignore-scripts', '--pack-destination', folder];
    refuseFailure(await npm('pack', ...flags, '--', spec), 'npm', place);
    const [tarball] = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
    if (tarball === undefined) throw new Error(`npm pack ${spec} produced no tarball`);
    return readTarball(join(folder, tarball), place.source);
  });
}

/**
 * Uses `git archive` rather than a checkout, so the repository's hooks, filters, submodules and
 * links can't do anything on this machine.
 */
export function fetchFromGit({ url, commit }: Git, place: FetchPlace): Promise<PackFolder> {
  return within(place, async (folder) => {
    const env = { ...process.env, ...place.env, ...gitEnvironment(folder) };
    const git = (...args: readonly string[]) =>
      runCommand(['git', ...kWithoutPrograms, ...kProtocols, ...args], folder, () => {}, env);
    const clone = ['clone', '--quiet', '--bare', '--no-local', '--template=', '--', url, 'clone'];
    refuseFailure(await git(...clone), 'git', place);
    const archive = ['-C', 'clone', 'archive', '--format=tar', '--output=../pack.tar', commit];
    refuseFailure(await git(...archive), 'git', place);
    return readTarball(join(folder, 'pack.tar'), place.source);
  });
}

/** Git may not prompt, and a repository around the folder has no effect. */
function gitEnvironment(folder: string): Environment {
  return { GIT_TERMINAL_PROMPT: '0', GIT_CEILING_DIRECTORIES: dirname(folder) };
}

const kProtocols = [
  ['protocol.allow', 'never'],
  ['protocol.https.allow', 'always'],
  ['protocol.ssh.allow', 'always'],
  ['protocol.file.allow', 'always'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`]);

async function within(
  { cache }: FetchPlace,
  work: (folder: string) => Promise<PackFolder>,
): Promise<PackFolder> {
  const folder = await temporaryFolder(cache);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refuseFailure({ started, status, tail }: Outcome, program: string, place: FetchPlace) {
  if (status === 0) return;
  const why = started ? reasonIn(tail) : `${program} is not installed`;
  const message = `${program} cannot fetch ${place.source}: ${why}`;
  const folder = existsSync(join(place.directory, place.source)) ? `./${place.source}` : null;
  const meant = folder === null ? '' : `Did you mean the folder ${folder}? If not: `;
  const fix = started
    ? `${meant}Check the name and the network, then run it again.`
    : `Install ${program}.`;
  throw new UserError(ExitCode.failure, [{ at: place.source, message, fix }]);
}

/** The first lines give the reason; npm adds advice, and git hints. */
function reasonIn(tail: readonly string[]): string {
  const said = tail.map((line) => line.replace(/^(?:npm error|fatal:)\s*/, '').trim());
  return said.filter((line) => line !== '' && !/complete log|^Note that/.test(line)).join('; ');
}
