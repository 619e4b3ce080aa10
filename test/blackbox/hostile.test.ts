/**
 * Hostile clients against the default servers: the servers still serve others, leak nothing, and
 * shut down cleanly.
 */

import { readdirSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processTree } from '../../src/load/process-tree.ts';
import { hello, match, probe } from './exchange.ts';
import { attack, seedOf } from './hostile/attack.ts';
import { conversations } from './hostile/conversations.ts';
import { Random } from './hostile/random.ts';
import { openStage, type Stage } from './suite.ts';
import { subjects } from './targets.ts';
import { ask, eventually } from './wire.ts';

/** About 20 s on an idle machine, and the same number on a busy one. */
const kConversations = 3_000;

/**
 * Descriptors of all the server's processes, without files below `root`: a server may keep those
 * open for the next request.
 */
function descriptorsBeside(root: string, pid: number): number {
  return processTree(pid).flatMap((each) =>
    readdirSync(`/proc/${each}/fd`).filter((fd) => {
      try {
        return !readlinkSync(`/proc/${each}/fd/${fd}`).startsWith(`${root}/`);
      } catch {
        return false; // It was closed between readdir and readlink.
      }
    }),
  ).length;
}

describe.each(subjects())('$name', (subject) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await subject.prepare());
  });
  afterAll(() => stage.close());

  it('outlives fifty hostile clients, and forgets them', async () => {
    const { root, launch } = stage.world;
    const server = await launch(['--root', root]);
    match(await ask(server.address, probe), hello);
    const before = descriptorsBeside(root, server.pid);
    const goesOn = (begun: number): boolean => begun < kConversations;
    const damage = await attack(server.address, { seed: seedOf(), connections: 50, goesOn });
    expect(damage.conversations).toBe(kConversations);
    match(await ask(server.address, probe), hello, 'the answer after the attack');
    await eventually(`${before} descriptors again`, () =>
      descriptorsBeside(root, server.pid) <= before ? true : undefined,
    );
    await server.stop();
  });
});

describe('a hostile client', () => {
  it('does the same again with the same seed', () => {
    const words = (seed: number) => {
      const random = new Random(seed);
      return [random.below(1000), random.pick(Object.keys(conversations)), random.bytes(4)];
    };
    expect(words(7)).toEqual(words(7));
    expect(words(7)).not.toEqual(words(8));
  });
});
