/** Servers in both languages that write to every target at once, checked at each receiver. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quickBuilds } from '../../scripts/build-environment.ts';
import { apply, parse, preview } from '../../src/project.ts';
import { exchange } from './client.ts';
import { Rsyslogd, until } from './rsyslogd.ts';

const kEverywhere = ['stderr', 'file', 'syslog', 'udp', 'journald'];
const kLocal3 = 19;
const kWarning = 4;
const kInformational = 6;
/** What may end a field early, or a line for a reader that takes bytes as characters. */
const kHostile = 'a"b\\c <0>Jan  1 ü';

const projects: readonly (readonly [string, string, string])[] = [
  ['cpp', 'thread', 'json'],
  ['cpp', 'process', 'combined'],
  ['typescript', 'thread', 'json'],
  ['typescript', 'process', 'combined'],
];

const scratch = mkdtempSync(join(tmpdir(), 'logs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(projects)('a %s server whose workers are of kind %s', (language, kind, format) => {
  const directory = join(scratch, `${language}-${kind}`);
  let start: readonly string[] = [];
  let daemon: Rsyslogd;
  let server: ChildProcess | null = null;

  beforeAll(async () => {
    const parsed = parse({
      name: 'my-server',
      language,
      'workers.kind': kind,
      'log.targets': kEverywhere,
      'log.access': format,
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    const planned = await preview(parsed.spec, directory);
    await apply(planned);
    for (const command of [planned.commands.install, planned.commands.build]) {
      runIn(directory, command ?? ['true']);
    }
    start = planned.commands.start ?? [];
    daemon = await Rsyslogd.start(mkdtempSync(join(scratch, 'rsyslogd-')));
  });

  afterAll(async () => {
    server?.kill('SIGKILL');
    await daemon.stop();
  });

  const flags = (access: string, ...more: readonly string[]): readonly string[] => [
    ...['--listen', '127.0.0.1:0', '--workers', '2', '--log', join(directory, 'own.log')],
    ...['--log-facility', 'local3', '--log-syslog', `unix:${daemon.socket}`],
    ...['--log-udp', `localhost:${daemon.port()}`, '--access-log', access],
    ...['--log-journald', `unix:${join(directory, 'journal')}`, ...more],
  ];

  /** Returns its address, once it listens. */
  async function started(access: string, ...more: readonly string[]): Promise<string> {
    const [program = '', ...rest] = [...start, ...flags(access, ...more)];
    server = spawn(program, rest, { cwd: directory, stdio: ['ignore', 'pipe', 'ignore'] });
    if (server.stdout === null) throw new Error('its output is not piped');
    for await (const line of createInterface({ input: server.stdout })) {
      if (line.startsWith('listening on ')) return line.slice('listening on '.length);
    }
    throw new Error('the server has not started');
  }

  async function stopped(): Promise<void> {
    const ended = new Promise((resolve) => server?.on('exit', resolve));
    server?.kill('SIGTERM');
    expect(await ended).toBe(0);
    server = null;
  }

  test.each(['syslog', 'udp'])(
    'tells %s of each request, by facility and level',
    async (target) => {
      const url = await started(target);
      const before = daemon.heard().length;
      await exchange(url, { 'User-Agent': kHostile });
      await until(() => daemon.heard().length > before);
      await stopped();
      const [heard] = daemon.heard().slice(before);
      expect(heard).toMatchObject({
        priority: 8 * kLocal3 + kInformational,
        program: 'my-server',
      });
      expect(agentIn(format, heard?.text ?? '')).toBe(kHostile);
    },
  );

  test('finds a log daemon that was started anew', async () => {
    const url = await started('syslog');
    await daemon.stop();
    await exchange(url);
    await daemon.start();
    const before = daemon.heard().length;
    await until(async () => {
      await exchange(url);
      return daemon.heard().length > before;
    });
    await stopped();
  });

  test('holds back what is below its level', async () => {
    const before = daemon.heard().length;
    const cuts = () => {
      const heard = daemon.heard().slice(before);
      return heard.filter(({ text }) => text.includes('is cut to net.core.somaxconn'));
    };
    for (const level of ['error', 'warn']) {
      await started('off', '--backlog', '65535', '--log-level', level);
      await stopped();
    }
    // One arrived through its socket, and one by UDP.
    await until(() => cuts().length >= 2);
    const warning = { priority: 8 * kLocal3 + kWarning, program: 'my-server' };
    expect(cuts()).toMatchObject([warning, warning]);
  });

  test('tells journald in its own protocol', async () => {
    const path = join(directory, 'journal');
    const journal = spawn('socat', ['-u', `UNIX-RECV:${path}`, 'STDOUT']);
    let text = '';
    journal.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    await until(() => existsSync(path));
    const url = await started('journald');
    await exchange(url);
    await until(() => text.includes('SYSLOG_PID='));
    await stopped();
    journal.kill();
    rmSync(path, { force: true });
    expect(text).toMatch(/^MESSAGE=.*\/plaintext/m);
    expect(text).toMatch(/\nPRIORITY=6\nSYSLOG_FACILITY=19\nSYSLOG_IDENTIFIER=my-server\n/);
  });

  test.each(['SIGUSR1', 'SIGHUP'] as const)('opens its files anew at %s', async (signal) => {
    const path = join(directory, `${signal}.log`);
    const url = await started(path);
    await exchange(url);
    await until(() => linesOf(path).length === 1);
    renameSync(path, `${path}.1`);
    server?.kill(signal);
    let count = 1;
    await until(async () => {
      count += 1;
      await exchange(url);
      return existsSync(path) && linesOf(path).length > 0;
    });
    await stopped();
    expect(linesOf(path).length + linesOf(`${path}.1`).length).toBe(count);
  });

  test('notes one of so many requests', async () => {
    const path = join(directory, 'sampled.log');
    const url = await started(path, '--access-log-sample', '10');
    await exchange(url, {}, 100);
    await stopped();
    expect(linesOf(path)).toHaveLength(10);
  });

  test.each([
    ['--log-udp', 'loghost.invalid:514', 'check its spelling'],
    ['--log-udp', 'loghost', 'is not a host and port, such as loghost:514'],
    [
      '--log-facility',
      'local8',
      'is not a facility such as daemon, user, auth or local0 to local7',
    ],
    ['--access-log-sample', '0', 'expected a whole number from 1 to 1000000'],
    ['--access-log', '/nowhere/access.log', 'does not exist'],
  ])('refuses %s %s with a way out, at -t and at the start', (flag, value, way) => {
    for (const asked of [['-t'], []]) {
      const [program = '', ...rest] = [...start, ...flags('off'), flag, value, ...asked];
      const { status, stderr } = spawnSync(program, rest, { cwd: directory, encoding: 'utf8' });
      expect({ status, stderr }).toMatchObject({ status: 2 });
      expect(stderr).toContain(flag);
      expect(stderr).toContain(value);
      expect(stderr).toContain(way);
    }
  });
});

function runIn(directory: string, [program = '', ...rest]: readonly string[]): void {
  const env = { ...process.env, ...quickBuilds(), CCACHE_BASEDIR: scratch };
  const { status, stdout, stderr } = spawnSync(program, rest, {
    ...{ cwd: directory, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  });
  if (status !== 0) throw new Error(stdout + stderr);
}

function linesOf(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}

/** As its reader decodes it. */
function agentIn(format: string, line: string): string {
  if (format === 'json') return JSON.parse(line).agent;
  const quoted = /"((?:[^"\\]|\\.)*)"$/.exec(line)?.[1] ?? '';
  const bytes = quoted.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex, letter) => {
    return hex === undefined ? letter : String.fromCharCode(Number.parseInt(hex, 16));
  });
  return Buffer.from(bytes, 'latin1').toString();
}
