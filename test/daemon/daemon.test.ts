/** Classic daemons (chapter 7 of the notes): what the system says of them while they run. */

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../blackbox/wire.ts';
import { clean, generate, type Project, run } from '../cpp-project/project.ts';
import { FakeSupervisor } from './supervisor.ts';

const kArchitectures = {
  threads: {},
  processes: { 'concurrency.model': 'sharded', 'workers.kind': 'process' },
} as const;

const kNobody = '65534\t65534\t65534\t65534';
const isRoot = process.getuid?.() === 0;
const scratch = mkdtempSync(join(tmpdir(), 'daemon-'));

afterAll(() => {
  clean();
  rmSync(scratch, { recursive: true, force: true });
});

/** A line of a process's status file. */
function status(id: number, name: string): string {
  const text = readFileSync(`/proc/${id}/status`, 'utf8');
  return new RegExp(`^${name}:\\t(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
}

function ps(id: number, fields: string): readonly string[] {
  const { stdout } = spawnSync('ps', ['-o', fields, '-p', String(id), '--no-headers'], {
    encoding: 'utf8',
  });
  return stdout.trim().split(/\s+/);
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0) && !status(id, 'State').startsWith('Z');
  } catch {
    return false;
  }
}

function childrenOf(id: number): readonly number[] {
  const text = readFileSync(`/proc/${id}/task/${id}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

describe.each(Object.entries(kArchitectures))('a classic daemon with %s', (name, answers) => {
  const pidFile = join(scratch, `${name}.pid`);
  let project: Project;

  beforeAll(async () => {
    project = await generate(name, {
      ...answers,
      'daemon.style': 'classic',
      'daemon.chroot': true,
      'daemon.notify': true,
    });
    const built = run(project, project.commands.build);
    expect(built.status, built.output).toBe(0);
  }, 900_000);

  function start(...flags: readonly string[]) {
    const [program = '', ...rest] = project.commands.start ?? [];
    return run(project, [program, ...rest, '--listen', '127.0.0.1:0', ...flags]);
  }

  /** Starts it in the background: the URL that its starter was told, and its id. */
  function daemon(...flags: readonly string[]) {
    const { status: code, output } = start('--daemon', '--pid-file', pidFile, ...flags);
    expect(code, output).toBe(0);
    const url = /listening on (http:\S+)/.exec(output)?.[1] ?? '';
    return { url, id: Number(readFileSync(pidFile, 'utf8')) };
  }

  async function ended(id: number): Promise<void> {
    await eventually('its end', () => !isAlive(id) || undefined);
  }

  async function stop(id: number): Promise<void> {
    process.kill(id, 'SIGTERM');
    await ended(id);
  }

  test('has no terminal, a session of its own, and init for a parent (29, 30, 40)', async () => {
    const { id, url } = daemon();
    const [ppid, pgid, sid, tty] = ps(id, 'ppid,pgid,sid,tty');
    expect(ps(Number(ppid), 'comm')).not.toEqual(['node']);
    expect(Number(pgid)).toBe(id);
    expect(Number(sid)).not.toBe(id);
    expect(tty).toBe('?');
    for (const stream of [0, 1, 2]) {
      expect(readlinkSync(`/proc/${id}/fd/${stream}`)).toBe('/dev/null');
    }
    expect(readlinkSync(`/proc/${id}/cwd`)).toBe('/');
    expect(status(id, 'Umask')).toBe('0027');
    // Its files are found all the same.
    expect((await fetch(url)).status).toBe(200);
    await stop(id);
    expect(existsSync(pidFile)).toBe(false);
  });

  test('has a group of its own, and its workers have theirs: a signal reaches all (39)', async () => {
    const { id, url } = daemon();
    const pool = childrenOf(id);
    expect(pool.length > 0).toBe(name === 'processes');
    const [group = id, ...others] = new Set(pool.map((worker) => Number(ps(worker, 'pgid')[0])));
    expect(others).toEqual([]);
    process.kill(-group, 'SIGKILL');
    for (const each of pool) await ended(each);
    if (name === 'processes') {
      await eventually('new workers', async () => (await fetch(url)).status === 200 || undefined);
      process.kill(id, 'SIGKILL');
    }
    await ended(id);
    // What it has left behind is taken over, once its workers have noticed.
    expect(readFileSync(pidFile, 'utf8')).toBe(`${id}\n`);
    const next = await eventually('the next one', () => daemon());
    expect(next.id).not.toBe(id);
    await stop(next.id);
  });

  test('is refused a second time, and tells who runs (38)', async () => {
    const { id } = daemon();
    const second = start('--daemon', '--pid-file', pidFile);
    expect(second).toMatchObject({ status: 1 });
    expect(second.output).toContain(`${pidFile}: process ${id} runs with this PID file: end it`);
    expect(readFileSync(pidFile, 'utf8')).toBe(`${id}\n`);
    await stop(id);
  });

  test('tells its starter why it cannot serve, wherever its log goes (30)', async () => {
    const { id, url } = daemon();
    const log = join(scratch, 'failed.log');
    const taken = ['--listen', new URL(url).host];
    const [program = '', ...rest] = project.commands.start ?? [];
    const failed = run(project, [program, ...rest, '--daemon', '--log', log, ...taken]);
    expect(failed).toMatchObject({ status: 1, output: expect.stringContaining('EADDRINUSE') });
    expect(readFileSync(log, 'utf8')).toContain('EADDRINUSE');
    await stop(id);
  });

  test.runIf(isRoot)('drops its rights for good once it listens (35, 36)', async () => {
    const { id, url } = daemon('--user', 'nobody');
    for (const each of [id, ...childrenOf(id)]) {
      expect(status(each, 'Uid')).toBe(kNobody);
      expect(status(each, 'Gid')).toBe(kNobody);
      expect(status(each, 'Groups')).toBe('65534');
      expect(status(each, 'CapEff')).toMatch(/^0+$/);
      expect(status(each, 'NoNewPrivs')).toBe('1');
    }
    expect((await fetch(`${url}/plaintext`)).status).toBe(200);
    await stop(id);
    // Its folder is root's: what can't be removed is emptied, and taken over.
    expect(readFileSync(pidFile, 'utf8')).toBe('');
    await stop(daemon().id);
  });

  test.runIf(isRoot)('sees nothing outside of its root directory (42)', async () => {
    const log = join(scratch, 'root.log');
    const root = project.directory;
    const { id, url } = daemon('--chroot', root, '--user', 'nobody', '--log', log);
    for (const each of [id, ...childrenOf(id)]) {
      expect(readlinkSync(`/proc/${each}/root`)).toBe(root);
      expect(readlinkSync(`/proc/${each}/cwd`)).toBe(root);
    }
    const look = async () => (await fetch(url)).status;
    expect(await look()).toBe(200);
    writeFileSync(join(root, 'public/new.txt'), 'new');
    expect(await (await fetch(`${url}/new.txt`)).text()).toBe('new');
    await stop(id);
    const outside = start('-t', '--chroot', join(root, 'src'));
    expect(outside).toMatchObject({ status: 2 });
    expect(outside.output).toContain('--root: public lies outside of the root directory');
  });

  test('keeps to its limits, and its workers do too (41)', async () => {
    const limits = ['--limit-core', '0', '--limit-memory', String(2 ** 40), '--umask', '077'];
    const { id } = daemon(...limits);
    for (const each of [id, ...childrenOf(id)]) {
      const text = readFileSync(`/proc/${each}/limits`, 'utf8');
      expect(text).toMatch(/^Max core file size +0 +0 /m);
      expect(text).toMatch(new RegExp(`^Max address space +${2 ** 40} `, 'm'));
      expect(status(each, 'Umask')).toBe('0077');
    }
    await stop(id);
  });

  test('tells a service supervisor when it serves and when it ends', async () => {
    const supervisor = await FakeSupervisor.listen(join(scratch, `${name}.notify`));
    const [program = '', ...rest] = project.commands.start ?? [];
    const command = [program, ...rest, '--listen', '127.0.0.1:0', '--daemon'];
    const started = run(project, [...command, '--pid-file', pidFile], {
      NOTIFY_SOCKET: supervisor.path,
    });
    expect(started.status, started.output).toBe(0);
    expect(await supervisor.heard(1)).toEqual(['READY=1']);
    await stop(Number(readFileSync(pidFile, 'utf8')));
    expect(await supervisor.heard(2)).toEqual(['READY=1', 'STOPPING=1']);
    supervisor.close();
  });

  test.each([
    ['--user', 'no-such-user', /--user: no-such-user is no user of this system: make it by/],
    ['--group', 'no-such-group', /--group: no-such-group is no group of this system/],
    ['--umask', '9', /--umask: 9 is no octal number from 0 to 777/],
    ['--limit-core', 'much', /--limit-core: much is no number of bytes/],
    ['--pid-file', '/none/x.pid', /--pid-file: \/none\/x.pid does not exist, or its folder/],
    ['--chroot', '/none', /--chroot: \/none does not exist/],
    ['--daemon=maybe', '', /--daemon: "maybe": true or false is wanted/],
  ])('refuses %s %s with the way out', (flag, value, reason) => {
    for (const question of [['-t'], []]) {
      const refused = start(...question, ...[flag, value].filter((word) => word !== ''));
      expect(refused).toMatchObject({ status: 2, output: expect.stringMatching(reason) });
    }
  });

  test.runIf(isRoot)('refuses to become somebody else without root', () => {
    const [program = '', ...rest] = project.commands.start ?? [];
    const asNobody = ['setpriv', '--reuid', '65534', '--clear-groups', program, ...rest, '-t'];
    const refused = run(project, [...asNobody, '--user', 'daemon']);
    expect(refused).toMatchObject({ status: 2 });
    expect(refused.output).toContain('--user: daemon can only be taken by root: start the server');
    expect(run(project, [...asNobody, '--chroot', '/'])).toMatchObject({ status: 2 });
  });
});
