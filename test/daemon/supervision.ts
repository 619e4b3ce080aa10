/**
 * What a service manager learns about a daemon: that it serves, that it is alive, that it stops.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../blackbox/wire.ts';
import { childrenOf, ended, type Subject, scratch } from './subject.ts';
import { FakeSupervisor } from './supervisor.ts';

const kAlive = 'WATCHDOG=1';
/** A loop that hasn't made progress for half of it is stuck. */
const kPatienceMs = 1_600;

export function isSupervised(subject: Subject): void {
  const { hasPool, language, name } = subject.row;
  const log = join(scratch, `${name}.supervised.log`);

  describe('with a supervisor', () => {
    let supervisor: FakeSupervisor;
    beforeAll(async () => {
      supervisor = await FakeSupervisor.listen(join(scratch, `${name}.notify`));
    });
    afterAll(() => supervisor.close());

    const start = () => subject.daemonIn({ NOTIFY_SOCKET: supervisor.path });
    const startWatched = () => {
      const watched = { NOTIFY_SOCKET: supervisor.path, WATCHDOG_USEC: `${kPatienceMs}000` };
      return subject.daemonIn(watched, '--log', log);
    };
    const aliveCount = async (): Promise<number> =>
      (await supervisor.heard(0)).filter((message) => message === kAlive).length;
    const expectFeeding = async (): Promise<void> => {
      const before = await aliveCount();
      await eventually('its word', async () => (await aliveCount()) > before + 2 || undefined);
    };
    const expectStarving = async (): Promise<void> => {
      await sleep(kPatienceMs);
      const before = await aliveCount();
      await sleep(kPatienceMs / 2);
      expect(await aliveCount()).toBe(before);
    };

    test('tells it when it serves and when it ends', async () => {
      const { id } = start();
      expect(await supervisor.heard(1)).toEqual(['READY=1']);
      await subject.stop(id);
      expect(await supervisor.heard(2)).toEqual(['READY=1', 'STOPPING=1']);
    });

    test('says that it lives while its loops move', async () => {
      const { id } = startWatched();
      await expectFeeding();
      if (hasPool) {
        const [worker = 0] = childrenOf(id);
        process.kill(worker, 'SIGSTOP');
        await expectStarving();
        expect(readFileSync(log, 'utf8')).toMatch(/worker \d has been stuck for \d+ ms/);
        process.kill(worker, 'SIGCONT');
        await expectFeeding();
        process.kill(worker, 'SIGKILL');
        await expectFeeding();
      }
      await subject.stop(id);
    });

    test.runIf(language === 'typescript' && /single|threads/.test(name))(
      'is silent while a handler keeps its loop',
      async () => {
        const handler = join(subject.directory, 'dist/handlers/plaintext.js');
        const kept = readFileSync(handler);
        writeFileSync(handler, 'export function plaintext() { for (;;); }\n');
        const { id, url } = startWatched();
        await expectFeeding();
        fetch(`${url}/plaintext`).catch(() => {});
        await expectStarving();
        process.kill(id, 'SIGKILL');
        await ended(id);
        writeFileSync(handler, kept);
      },
    );
  });
}
