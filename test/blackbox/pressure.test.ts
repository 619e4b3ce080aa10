/** Attacks and load from well-known tools; each test skips if its tool isn't installed. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descriptorCount } from '../../src/load/process-tree.ts';
import { isInstalled } from '../tools.ts';
import { hello, match, probe } from './exchange.ts';
import type { Running } from './server.ts';
import { openStage, type Stage } from './suite.ts';
import { subjects } from './targets.ts';
import { ask, eventually, sleep } from './wire.ts';

/** 150 clients for 8 s, each as slow as allowed; the flags each mode of slowhttptest needs. */
const attacks: readonly (readonly [name: string, path: string, flags: readonly string[]])[] = [
  ['slow heads (slow-loris)', '/plaintext', ['-H', '-i', '1', '-x', '24']],
  ['slow bodies', '/echo', ['-B', '-i', '1', '-s', '8192', '-x', '10']],
  ['a thousand overlapping ranges', '/medium.bin', ['-R', '-t', 'GET', '-a', '5', '-b', '1000']],
  ['slow readers', '/large.bin', ['-X', '-w', '512', '-y', '1024', '-n', '1', '-z', '32']],
];

/** A well-behaved client, until `others` is done; resolves with the number of its answers. */
async function askMeanwhile(server: Running, others: Promise<unknown>): Promise<number> {
  let over = false;
  const end = (): void => {
    over = true;
  };
  others.then(end, end);
  let count = 0;
  for (; !over; count += 1) {
    match(await ask(server.address, probe), hello, `answer ${count} during the attack`);
    await sleep(20);
  }
  return count;
}

function urlOf({ address }: Running): string {
  if (!('port' in address)) throw new Error('no port');
  return `http://${address.host}:${address.port}`;
}

const run = promisify(execFile);

/**
 * The tests wait more than they work, so they run at the same time, each with a server of its own.
 */
describe.concurrent.each(subjects())('$name', (subject) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage(await subject.prepare());
  });
  afterAll(() => stage.close());

  it.skipIf(!isInstalled('slowhttptest')).each(attacks)(
    'serves others during %s, and forgets the attackers',
    async (_, path, flags) => {
      const { root, launch } = stage.world;
      const server = await launch(['--root', root, '--header-timeout-ms', '5000']);
      match(await ask(server.address, probe), hello);
      const before = descriptorCount(server.pid);
      const scale = ['-c', '150', '-r', '150', '-l', '8', '-p', '30'];
      // On a busy machine, an attack leaves little time for others, so this waits for a number of
      // answers.
      for (let answers = 0; answers <= 20; ) {
        const attack = run('slowhttptest', [...flags, ...scale, '-u', urlOf(server) + path]);
        answers += await askMeanwhile(server, attack);
        expect((await attack).stdout).not.toMatch(/service available:\S*\s+NO/);
      }
      // An open-file cache may keep a few.
      await eventually(`${before} descriptors again`, () =>
        descriptorCount(server.pid) <= before + 4 ? true : undefined,
      );
    },
  );

  it.skipIf(!isInstalled('wrk'))('fails no request of wrk when SIGTERM comes', async () => {
    const loaded = await stage.world.launch(['--drain-timeout-ms', '600000']);
    const idle = descriptorCount(loaded.pid);
    const scale = ['-t', '1', '-c', '64', '-d', '3s', '--timeout', '60s'];
    const load = run('wrk', [...scale, `${urlOf(loaded)}/plaintext`]);
    await eventually('64 connections', () => descriptorCount(loaded.pid) >= idle + 64 || undefined);
    await sleep(1000);
    loaded.signal('SIGTERM');
    expect(await loaded.exited).toBe(0);
    const { stdout } = await load;
    expect(stdout).toMatch(/[1-9]\d* requests in/);
    // After the end nothing is listening; wrk counts each refused connection as a write error.
    expect(stdout).not.toMatch(/read [1-9]|timeout [1-9]|Non-2xx/);
  });
});
