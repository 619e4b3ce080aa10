/** How a server stops, and what must not stop it: tests for every kind of project. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onFullDisk } from '../tools.ts';
import { Server } from './server.ts';

const mayMount = onFullDisk(tmpdir()) !== null;

const kHandlers = [
  ['never returns', '/loop', 'looping'],
  ['waits outside of JavaScript', '/asleep', 'asleep'],
] as const;

/** The built project's routes are those of `fixtures/routes.ts.txt`. */
export function testEnds(directoryOf: () => string, flags: readonly string[]): void {
  const start = (...more: readonly string[]) => Server.start(directoryOf(), ...flags, ...more);
  const short = ['--drain-timeout-ms', '300'];
  /** Sends a request and ignores the result, since the client is cut off. */
  const give = (server: Server, path: string) => void fetch(server.url + path).catch(() => {});

  test('what keeps an event loop alive ends at the deadline, and is named (S2)', async () => {
    const server = await start(...short);
    expect(await (await fetch(`${server.url}/keep`)).text()).toBe('kept');
    expect(await server.stop()).toBe(1);
    await server.logged('still busy with Timeout');
  });

  test.each(kHandlers)(
    'a handler that %s is cut off at the deadline (S4)',
    async (_, path, said) => {
      const server = await start(...short);
      give(server, path);
      await server.logged(said);
      expect(await server.stop()).toBe(1);
      await server.logged('not returned');
    },
  );

  test('a second signal ends at once, whatever a handler does (S4)', async () => {
    // A drain timeout longer than any test may take.
    const server = await start('--drain-timeout-ms', '3600000');
    give(server, '/loop');
    await server.logged('looping');
    server.signal('SIGTERM');
    await server.takenSignals();
    expect(await server.stop()).toBe('SIGTERM');
  });
}

/** Logs without room, and logs whose place no longer exists. */
export function testLogs(directoryOf: () => string, flags: readonly string[]): void {
  const start = (...more: readonly string[]) => Server.start(directoryOf(), ...flags, ...more);

  test('a log on a full disk stops nothing (S3)', async () => {
    const server = await start('--log', '/dev/full');
    for (let count = 0; count < 3; count++) {
      expect((await fetch(`${server.url}/throws`)).status).toBe(500);
    }
    expect(await server.stop()).toBe(0);
  });

  test.skipIf(!mayMount).each(['--log', '--access-log'])(
    'a tmpfs without a free byte as %s stops nothing (S3)',
    async (flag) => {
      const disk = await mkdtemp(join(tmpdir(), 'disk-'));
      const wrapper = onFullDisk(disk) ?? [];
      const to = [flag, join(disk, 'server.log')];
      const server = await Server.startBehind(
        wrapper,
        directoryOf(),
        'dist/main.js',
        ...flags,
        ...to,
      );
      for (let count = 0; count < 100; count++) {
        expect((await fetch(`${server.url}/thread?${'q'.repeat(7000)}`)).status).toBe(200);
        expect((await fetch(`${server.url}/throws`)).status).toBe(500);
      }
      // The log itself can report lost lines only when there is room again: see log-file.test.ts.
      if (flag === '--access-log') await server.logged('lines of the access log lost');
      expect(await server.stop()).toBe(0);
      await rm(disk, { recursive: true });
    },
  );

  test('lines that the access log refuses are told of by the other one (S7)', async () => {
    const server = await start('--access-log', '/dev/full');
    expect((await fetch(`${server.url}/thread`)).status).toBe(200);
    await server.logged('lines of the access log lost');
    expect(await server.stop()).toBe(0);
  });

  test('logs whose folder is gone are a line, and stop nothing (T7)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'logs-'));
    const server = await start('--access-log', join(folder, 'access.log'));
    await rm(folder, { recursive: true });
    server.signal('SIGHUP');
    await server.logged('cannot be reopened');
    expect((await fetch(`${server.url}/thread`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });
}
