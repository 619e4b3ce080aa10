/**
 * Random commands in random worlds: everything around the project's own files, or among them, is
 * unchanged afterwards. A few of them here; HPSERVER_OTHERS_RUNS=10000 runs that many commands, and
 * HPSERVER_OTHERS_SEED chooses others.
 */

import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fastFolder, run } from '../cli/program.ts';
import { newProject } from '../project/project.ts';
import { differences, type Fingerprint, fingerprint, type KnownBytes } from './fingerprint.ts';
import { mortally } from './mortal.ts';
import { homes, plant, planting, type World } from './world.ts';

const root = fastFolder();
chmodSync(root, 0o755);
const kRuns = Number(process.env.HPSERVER_OTHERS_RUNS ?? 40);
const kRunsPerWorld = 5;
const kSeed = Number(process.env.HPSERVER_OTHERS_SEED ?? 7);

const kLooks: readonly (readonly string[])[] = [
  ['status', '--all'],
  ['check'],
  ['diff'],
  ['diff', '--mine'],
  ['explain', 'io.model'],
  ['regenerate', '--io', 'poll', '--dry-run', '--diff'],
  ['add', 'route', 'items', '--dry-run'],
  ['undo', '--dry-run'],
];

const onConflict = fc.constantFrom('abort', 'keep', 'take');
const writing: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        ['regenerate', '--io', 'poll'],
        ['regenerate', '--io', 'epoll', '--yes'],
        ['regenerate', '--name', 'other'],
        ['regenerate', '--language', 'typescript'],
        ['regenerate', '--restore', 'src'],
        ['add', 'route', 'items'],
        ['add', 'deploy', 'docker'],
      ),
      onConflict,
    )
    .map(([args, way]) => [...args, '--on-conflict', way]),
  fc.constantFrom('refuse', 'keep', 'overwrite').map((way) => ['undo', '--edited', way]),
  fc
    .tuple(fc.constantFrom('.', 'new', 'x/new', 'services', '../beside'), onConflict)
    .map(([folder, way]) => {
      const flags = ['--language', 'cpp', '--yes', '--no-build', '--no-git', '--name', 'srv'];
      return [folder, ...flags, '--on-conflict', way];
    }),
);

const command = fc.oneof(fc.constantFrom(...kLooks), { weight: 2, arbitrary: writing });

/** The paths of files in the record, and where the user has moved them. */
function ownPaths({ root: world, home }: World): ReadonlySet<string> {
  const state = join(world, home, '.hpserver/state.json');
  if (!existsSync(state)) return new Set();
  const { files } = JSON.parse(readFileSync(state, 'utf8')) as {
    readonly files: readonly { readonly path: string; readonly movedTo?: string }[];
  };
  const places = files.flatMap(({ path, movedTo = path }) => [path, movedTo]);
  const real = new Map(places.map((path) => [dirname(path), '']));
  for (const folder of real.keys()) real.set(folder, realFolder(join(world, home), folder));
  const byLinks = places.map((path) => join(real.get(dirname(path)) ?? '', basename(path)));
  return new Set([...places, ...byLinks]);
}

/** Where a symbolic link within the project leads. */
function realFolder(place: string, folder: string): string {
  const path = join(place, folder);
  return existsSync(path) ? relative(realpathSync(place), realpathSync(path)) : folder;
}

/** Everything in the world, except what the update machinery keeps for itself. */
function everything({ root: world }: World, known: KnownBytes): Fingerprint {
  return fingerprint(world, (path) => !/(^|\/)\.hpserver\/(undo|txn|lock)/.test(path), known);
}

/**
 * Whether a path may change: it may if it is one of the project's own files or records, or of a new
 * project.
 */
function mayChange(world: World, own: ReadonlySet<string>, begun: string | null) {
  const { home, foreign } = world;
  const prefix = `${home}/`;
  return (path: string, before: string | undefined): boolean => {
    // Also true for missing folders above the new project.
    const isBegun = begun !== null && (isWithin(path, begun) || isWithin(begun, path));
    if (isBegun && before === undefined) return true;
    if (!path.startsWith(prefix)) return false;
    const inner = path.slice(prefix.length);
    if (foreign.some((folder) => isWithin(inner, folder))) return false;
    // Folders are created and removed together with their files.
    const isFolder = [...own].some((file) => file.startsWith(`${inner}/`));
    return own.has(inner) || isFolder || inner === '.hpserver' || inner.startsWith('.hpserver/');
  };
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Where a creating command starts a project, below the root. */
function begunBy(world: World, [first = '']: readonly string[]): string | null {
  const isCommand = ['regenerate', 'add', 'undo', 'status', 'check', 'diff', 'explain'];
  if (isCommand.includes(first)) return null;
  const place = resolve(world.directory, first);
  const isBelow = isWithin(place, world.directory);
  return isBelow ? join(world.home, relative(world.directory, place)) : relative(world.root, place);
}

/**
 * The mode, and the owner if the user is root: only root can keep a stranger's ownership when a
 * file is rewritten.
 */
function rights(text: string, mortal: boolean): string {
  return text
    .split(' ')
    .slice(0, mortal ? 1 : 2)
    .join(' ');
}

/** The state of a world, and which of its files are the project's own. */
interface State {
  readonly all: Fingerprint;
  readonly known: KnownBytes;
  readonly own: ReadonlySet<string>;
}

function stateOf(world: World, known: KnownBytes): State {
  return { all: everything(world, known), known, own: ownPaths(world) };
}

/** Runs the command; returns the world's state afterwards. */
async function obeys(
  world: World,
  { all: before, own: ownBefore, known }: State,
  args: readonly string[],
  mortal: boolean,
): Promise<State> {
  const typed = () => run(args, { cwd: world.directory });
  const { status, err } = await (mortal ? mortally(typed) : typed());
  const context = `${args.join(' ')} → ${status}\n${err}`;
  expect(err, context).not.toContain('This is a bug');
  expect([0, 1, 2, 3, 4], context).toContain(status);
  const state = stateOf(world, known);
  const { all: after } = state;
  const begun = begunBy(world, args);
  const own = new Set([...ownBefore, ...state.own]);
  const isFree = kLooks.includes(args) ? () => false : mayChange(world, own, begun);
  const changed = differences(before, after).filter((line) => {
    const path = line.slice(0, line.indexOf(': '));
    return !isFree(path, before.get(path));
  });
  expect(changed.slice(0, 5), context).toEqual([]);
  const seized = [...before].filter(([path, text]) => {
    const now = after.get(path);
    return (
      now !== undefined && text.startsWith('10') && rights(now, mortal) !== rights(text, mortal)
    );
  });
  expect(seized.slice(0, 5), context).toEqual([]);
  return state;
}

const scenario = fc.record({
  home: homes,
  linked: fc.boolean(),
  mortal: fc.boolean(),
  plantings: fc.array(planting, { minLength: 1, maxLength: 6 }),
  commands: fc.array(command, { minLength: kRunsPerWorld, maxLength: kRunsPerWorld }),
});

test('nothing around the project’s own files changes', async () => {
  const { directory: master } = await newProject('cpp');
  let commands = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async (wanted) => {
      const place = mkdtempSync(join(root, 'world-'));
      chmodSync(place, 0o755);
      const world = plant(place, master, wanted);
      let state = stateOf(world, new Map());
      for (const args of wanted.commands) state = await obeys(world, state, args, wanted.mortal);
      rmSync(place, { recursive: true, force: true });
      commands += wanted.commands.length;
    }),
    { numRuns: Math.ceil(kRuns / kRunsPerWorld), seed: kSeed, endOnFailure: true },
  );
  expect(commands).toBeGreaterThanOrEqual(kRuns);
}, 36_000_000);
