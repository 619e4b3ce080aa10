/** The whole suite, and what it takes to run it against one server. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changingFiles } from './groups/changing-files.ts';
import { commandLine } from './groups/commands.ts';
import { conditional } from './groups/conditional.ts';
import { connections } from './groups/connections.ts';
import { deadlines } from './groups/deadlines.ts';
import { files } from './groups/files.ts';
import { framing } from './groups/framing.ts';
import { lifecycle } from './groups/lifecycle.ts';
import { limits } from './groups/limits.ts';
import { messages } from './groups/messages.ts';
import { ranges } from './groups/ranges.ts';
import { writePublicTree } from './public-tree.ts';
import { execute, launch, type Running, type Target } from './server.ts';
import { type Address, ask } from './wire.ts';
import { type Check, type Group, sharedFlags, type World } from './world.ts';

/** In the best order for debugging a server; serial groups last. */
export const groups: readonly Group[] = [
  ...[messages, framing, files, conditional, ranges, connections, changingFiles],
  ...[commandLine, deadlines, lifecycle, limits],
];

/**
 * True for the forms of an exchange that show where a parser loses its place; they take most of the
 * time.
 */
export function isAmplified(name: string): boolean {
  return name.endsWith(', cut at every byte') || name.endsWith(', byte by byte');
}

export interface Stage {
  readonly world: World;
  /** What all the servers have printed so far, each after a line that names its process. */
  readonly outputs: () => string;
  /**
   * Stops every server the checks left running and removes the files. Errors: one of the servers
   * has exited badly; see `Running.stop`.
   */
  readonly close: () => Promise<void>;
}

/** Writes the public files and starts the shared server. Errors: it doesn't serve. */
export async function openStage(target: Target): Promise<Stage> {
  const scratch = mkdtempSync(join(tmpdir(), 'blackbox-'));
  const root = join(scratch, 'public');
  mkdirSync(root);
  writePublicTree(root);
  const running: Running[] = [];
  const start: World['launch'] = async (flags, options) => {
    const server = await launch(target, flags, options?.listen);
    running.push(server);
    return server;
  };
  const close = async (): Promise<void> => {
    const ends = await Promise.allSettled(running.map((server) => server.stop()));
    rmSync(scratch, { recursive: true, force: true });
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  try {
    const shared = await start(sharedFlags(root));
    const run = (flags: readonly string[]) => execute(target, flags);
    const { hasWorkers = true, capacity = Number.POSITIVE_INFINITY, blocks = false } = target;
    const kind = { hasWorkers, capacity, blocks };
    const world = { address: shared.address, root, ...kind, launch: start, execute: run };
    const outputs = () => running.map(({ pid, output }) => `-- ${pid}\n${output()}`).join('\n');
    return { world, outputs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A server that is already running: only the checks that need no other one. `root` is the folder it
 * serves.
 */
export async function visitStage(address: Address, root: string | null): Promise<Stage> {
  if (root !== null) writePublicTree(root);
  await ask(address, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  const never = () => Promise.reject(new Error('only with a start command'));
  const kind = { hasWorkers: true, capacity: Number.POSITIVE_INFINITY, blocks: false };
  return {
    world: { address, root: root ?? '', ...kind, launch: never, execute: never },
    outputs: () => '',
    close: () => Promise.resolve(),
  };
}

export interface Result {
  readonly group: string;
  readonly name: string;
  /** Null if it passed. */
  readonly failure: string | null;
}

export interface Selection {
  /** Group names; empty is all. */
  readonly only: readonly string[];
  readonly matches: (name: string) => boolean;
  readonly ownServers: boolean;
}

/**
 * Runs the selected checks, six at a time, serial groups one by one; reports each as it finishes.
 */
export async function runChecks(
  world: World,
  selection: Selection,
  report: (result: Result) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const group of selectGroups(selection)) {
    const checks = group.checks.filter((check) => selection.matches(check.name));
    const waiting = checks.map((check) => ({ group, check }));
    results.push(...(await runTogether(world, waiting, group.serial ? 1 : 6, report)));
  }
  return results;
}

interface Task {
  readonly group: Group;
  readonly check: Check;
}

/** Runs them in order, up to `limit` at the same time; reports each as it finishes. */
export async function runTogether(
  world: World,
  tasks: readonly Task[],
  limit: number,
  report: (result: Result) => void = () => {},
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...tasks];
  const worker = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const failure = await task.check.run(world).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const result = { group: task.group.name, name: task.check.name, failure };
      results.push(result);
      report(result);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}

export function selectGroups(selection: Selection): readonly Group[] {
  return groups
    .filter((group) => selection.only.length === 0 || selection.only.includes(group.name))
    .filter((group) => selection.ownServers || !group.ownServers);
}

/** The suite against one start command. */
export async function runBlackbox(
  target: Target,
  selection: Selection = { only: [], matches: () => true, ownServers: true },
  report: (result: Result) => void = () => {},
): Promise<readonly Result[]> {
  const stage = await openStage(target);
  try {
    return await runChecks(stage.world, selection, report);
  } finally {
    await stage.close();
  }
}
