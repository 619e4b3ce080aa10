/** A server started by systemd: by systemd's own tool for that, at a socket it has opened. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../src/spec/question.ts';
import { eventually } from '../blackbox/wire.ts';
import { clean, generate, type Project, run } from '../cpp-project/project.ts';
import { isInstalled } from '../tools.ts';
import { plaintextAt, startClients } from './clients.ts';

const kProgram = 'systemd-socket-activate';
const scratch = mkdtempSync(join(tmpdir(), 'activation-'));

afterAll(() => {
  clean();
  rmSync(scratch, { recursive: true, force: true });
});

const kClients = 16;
const kRestarts = 20;
/** What systemd does when a service exits: it passes the same socket to the next process. */
const kAgain = `while true; do sh -c 'LISTEN_PID=$$ exec "$@"' sh "$@"; done`;

/** The only child of a process, if it differs from `last`. */
function nextOf(parent: number, last: number): number | undefined {
  const child = Number(readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8'));
  return child > 0 && child !== last ? child : undefined;
}

/** Whether someone listens there; the file exists a moment earlier. See: unix(7), SO_ACCEPTCON. */
function listens(path: string): boolean {
  const sockets = readFileSync('/proc/net/unix', 'utf8').split('\n');
  return sockets.some((line) => line.endsWith(` ${path}`) && line.includes(' 00010000 '));
}

const rows: readonly { readonly language: string; readonly answers: Answers }[] = [
  { language: 'cpp', answers: {} },
  { language: 'typescript', answers: { 'concurrency.model': 'single' } },
];

describe.skipIf(!isInstalled(kProgram)).each(rows)('a server of systemd in $language', (row) => {
  const { language, answers } = row;
  let project: Project;
  let command: readonly string[];

  beforeAll(async () => {
    const style = { 'daemon.style': 'systemd' };
    project = await generate(`activated-${language}`, { language, ...style, ...answers });
    const { install, build, start = [] } = project.commands;
    for (const step of [install, build]) {
      const done = run(project, step);
      expect(done.status, done.output).toBe(0);
    }
    const [program = '', ...rest] = start ?? [];
    command = [language === 'cpp' ? join(project.directory, program) : process.execPath, ...rest];
  }, 900_000);

  it('passes its own tests', () => {
    const { status, output } = run(project, project.commands.test);
    expect(status, output).toBe(0);
  });

  it('serves at the socket that it was handed, and who connected first is answered', async () => {
    const path = join(scratch, `${language}.sock`);
    const child = spawn(kProgram, ['-l', path, ...command, '--listen', `unix:${path}`], {
      cwd: project.directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const log = text(child.stderr);
    await eventually('the socket', () => listens(path) || undefined);
    expect(await plaintextAt({ socketPath: path })).toBe('Hello, World!');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended, await log).toEqual([0, null]);
  });

  it('is started anew again and again, and no request is lost', { timeout: 300_000 }, async () => {
    const path = join(scratch, `${language}-again.sock`);
    const flags = [
      '-l',
      path,
      '/bin/sh',
      '-c',
      kAgain,
      'sh',
      ...command,
      '--listen',
      `unix:${path}`,
    ];
    const child = spawn(kProgram, flags, { cwd: project.directory, stdio: 'ignore' });
    await eventually('the socket', () => listens(path) || undefined);
    const clients = startClients(kClients, { socketPath: path });
    let server = 0;
    for (let restart = 0; restart < kRestarts; restart += 1) {
      server = await eventually('the next one', () => nextOf(child.pid ?? 0, server));
      const before = clients.count();
      await eventually('its answers', () => clients.count() > before + 2 * kClients || undefined);
      process.kill(server, 'SIGTERM');
    }
    server = await eventually('the last one', () => nextOf(child.pid ?? 0, server));
    await clients.stop();
    child.kill('SIGKILL');
    process.kill(server, 'SIGTERM');
    await eventually('its end', () => !existsSync(`/proc/${server}/exe`) || undefined);
  });

  it('opens a socket of its own where nobody hands it one there', async () => {
    const [handed, own] = ['handed', 'own'].map((name) =>
      join(scratch, `${language}-${name}.sock`),
    );
    const flags = ['-l', `${handed}`, ...command, '--listen', `unix:${own}`];
    const child = spawn(kProgram, flags, { cwd: project.directory, stdio: 'ignore' });
    await eventually('its start', () => listens(`${handed}`) || undefined);
    // The first connection makes systemd start the server, and is never answered.
    const waiting = request({ socketPath: `${handed}`, path: '/' }).on('error', () => {});
    waiting.end();
    await eventually('its own socket', () => listens(`${own}`) || undefined);
    expect(await plaintextAt({ socketPath: `${own}` })).toBe('Hello, World!');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    waiting.destroy();
  });
});
