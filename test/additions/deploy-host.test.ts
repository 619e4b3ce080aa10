/**
 * Deployment files for a machine, checked by the programs that read them: systemd, rsyslog,
 * logrotate.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/spec/question.ts';
import { isInstalled } from '../tools.ts';
import { filesOf, kDelay } from './deployed-files.ts';
import { kProtocols } from './some-additions.ts';

type Files = ReadonlyMap<string, string>;

const kAllLogs = { 'log.targets': ['file', 'syslog', 'udp'], 'log.access': 'combined' };
const kAdmin = { 'admin.listen': 'unix' };
const kSockets = {
  contributions: { abilities: { items: ['takes-sockets'], because: [] } },
} as const;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes the file to a place where programs can read it, and returns its path. */
function written(files: Files, path: string, change = (text: string): string => text): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`${path} is not among ${[...files.keys()].join(' ')}`);
  const there = join(folder, basename(path));
  writeFileSync(there, change(text), { mode: 0o644 });
  return there;
}

interface Said {
  readonly status: number | null;
  readonly output: string;
}

function said(program: string, ...args: readonly string[]): Said {
  const env = { ...process.env, LC_ALL: 'C' };
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}

/** Replaces the program, which isn't installed here, with /bin/true. */
function units(files: Files): readonly string[] {
  const paths = [...files.keys()].filter((path) => /\.(service|socket)$/.test(path));
  return paths.map((path) =>
    written(files, path, (text) => text.replaceAll(/^(Exec\w+=)\S+\/shop /gm, '$1/bin/true ')),
  );
}

const kUnits: readonly [string, Answers, Parameters<typeof filesOf>[2]][] = [
  ['C++', { language: 'cpp' }, {}],
  ['C++ below 1024', { language: 'cpp' }, { port: 80 }],
  [
    'C++ that tells, and logs everywhere',
    { language: 'cpp', 'daemon.style': 'systemd', ...kAdmin, ...kAllLogs },
    {},
  ],
  ['C++ by io_uring', { language: 'cpp', 'io.model': 'io_uring' }, {}],
  [
    'C++ with processes and logs',
    {
      language: 'cpp',
      'concurrency.model': 'sharded',
      'workers.kind': 'process',
      ...kAllLogs,
    },
    {},
  ],
  ['C++ with sockets below 1024', { language: 'cpp' }, { ...kSockets, port: 80, more: kProtocols }],
  ['TypeScript', { language: 'typescript' }, {}],
  ['TypeScript below 1024', { language: 'typescript', ...kAdmin }, { port: 80 }],
];

describe.skipIf(!isInstalled('systemd-analyze')).each(['systemd', 'debian'])(
  'a unit of %s',
  (target) => {
    test.each(kUnits)('%s: systemd takes it as it is', async (_, answers, more) => {
      const files = await filesOf(answers, [target], more);
      expect(said('systemd-analyze', 'verify', ...units(files))).toEqual({ status: 0, output: '' });
    });

    test.each(kUnits)('%s: its exposure is 1.5 at most', async (_, answers, more) => {
      const files = await filesOf(answers, [target], more);
      const unit = units(files).find((path) => path.endsWith('.service')) ?? '';
      const args = ['security', '--offline=true', '--no-pager', '--threshold=15', unit];
      const { status, output } = said('systemd-analyze', ...args);
      expect(output).toMatch(/Overall exposure level for shop\.service: \d/);
      expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    });
  },
);

describe('a unit', () => {
  const unitOf = async (answers: Answers, more = {}): Promise<readonly string[]> => {
    const files = await filesOf(answers, ['systemd'], more);
    return (files.get('deploy/shop.service') ?? '').split('\n');
  };

  test.each(['cpp', 'typescript'])('of %s has no rights, and ends by itself', async (language) => {
    const lines = await unitOf({ language });
    for (const line of [
      'Type=exec',
      'DynamicUser=yes',
      'ProtectSystem=strict',
      'CapabilityBoundingSet=',
      'LimitNOFILE=65536',
      'KillSignal=SIGTERM',
      'TimeoutStopSec=20',
    ]) {
      expect(lines).toContain(line);
    }
    const compiles = language === 'cpp' ? '' : ' @pkey';
    expect(lines).toContain(`SystemCallFilter=@system-service${compiles}`);
    // A just-in-time compiler needs memory that is writable and executable.
    expect(lines.includes('MemoryDenyWriteExecute=yes')).toBe(language === 'cpp');
    // It is granted nothing that it doesn't need.
    const text = lines.join('\n');
    expect(text).not.toMatch(/Ambient|Directory=shop|NotifyAccess|Socket|WatchdogSec|logrotate/i);
  });

  test('checks its settings before it reloads, by the flags with which it started', async () => {
    const lines = await unitOf({ language: 'cpp' });
    expect(lines.filter((line) => /^(Exec|Environment)/.test(line))).toEqual([
      'Environment="FLAGS=--listen 127.0.0.1:8080"',
      'ExecStart=/opt/shop/bin/shop $FLAGS',
      'ExecReload=/opt/shop/bin/shop -t $FLAGS',
      'ExecReload=/bin/kill -HUP $MAINPID',
    ]);
  });

  test('waits for the word of a server that gives it', async () => {
    const lines = await unitOf({ language: 'cpp', 'daemon.style': 'systemd' });
    expect(lines).toContain('Type=notify');
    expect(lines).toContain('NotifyAccess=main');
    expect(lines).toContain('WatchdogSec=60');
  });

  test('has a right of its own for a port below 1024', async () => {
    const lines = await unitOf({ language: 'cpp' }, { port: 80 });
    expect(lines).toContain('Environment="FLAGS=--listen 127.0.0.1:80"');
    expect(lines).toContain('AmbientCapabilities=CAP_NET_BIND_SERVICE');
    expect(lines).not.toContain('PrivateUsers=yes');
  });

  test('has folders for what the server writes, and for nothing else', async () => {
    const lines = await unitOf({ language: 'cpp', ...kAdmin, ...kAllLogs });
    expect(lines).toContain('LogsDirectory=shop');
    expect(lines).toContain('RuntimeDirectory=shop');
    const flags = lines.find((line) => line.startsWith('Environment="FLAGS='));
    expect(flags).toContain(' --log /var/log/shop/shop.log');
    expect(flags).toContain(' --access-log /var/log/shop/shop-access.log');
    expect(flags).toContain(' --admin unix:/run/shop/shop-admin.sock');
  });

  test('takes over sockets, each called like its setting, and needs no right for them', async () => {
    const more = { ...kSockets, port: 80, more: kProtocols };
    const files = await filesOf({ language: 'cpp' }, ['systemd'], more);
    const unit = files.get('deploy/shop.service');
    const sockets = 'shop.socket shop-listen-chat.socket shop-listen-sensor-values.socket';
    expect(unit).toContain(`\nSockets=${sockets}\n`);
    expect(unit).toContain(`\nRequires=${sockets}\n`);
    expect(unit).toContain('\nCapabilityBoundingSet=\n');
    expect(files.get('deploy/shop.socket')).toContain(
      '\nListenStream=127.0.0.1:80\n# The setting whose socket this one replaces.\nFileDescriptorName=listen\n',
    );
    expect(files.get('deploy/shop-listen-chat.socket')).toContain(
      '\nListenStream=127.0.0.1:9000\n',
    );
  });

  test('has the time that the signal to end is delayed', async () => {
    const lines = await unitOf({ language: 'typescript' }, kDelay);
    expect(lines).toContain('TimeoutStopSec=25');
  });
});

const kFolders: readonly [string, string][] = [
  ['debian', 'deploy/debian'],
  ['systemd', 'deploy'],
  ['classic', 'deploy/classic'],
];

describe.each(kFolders)('beside the logs of %s', (target, prefix) => {
  const kLogs = { language: 'cpp', 'daemon.style': 'classic', ...kAllLogs };

  test.skipIf(!isInstalled('logrotate'))('logrotate takes its rules', async () => {
    const files = await filesOf(kLogs, [target]);
    // The real folders and user don't exist here, so the test makes its own.
    mkdirSync(join(folder, 'shop'), { mode: 0o755 });
    for (const log of ['shop/shop.log', 'shop.log']) writeFileSync(join(folder, log), 'a line\n');
    const rules = written(files, `${prefix}/shop.logrotate`, (text) =>
      text.replaceAll('/var/log/shop', join(folder, 'shop')),
    );
    const state = join(folder, 'state');
    const { status, output } = said('logrotate', '--debug', '--state', state, rules);
    expect(output).not.toMatch(/error/i);
    expect(output).toContain(`considering log ${folder}/shop/shop.log`);
    expect(output).toContain(`considering log ${folder}/shop.log`);
    expect(status).toBe(0);
  });

  test.skipIf(!isInstalled('rsyslogd'))('rsyslogd takes its rules', async () => {
    const files = await filesOf(kLogs, [target]);
    // The log server is another machine, for which there is no package.
    const collects = target === 'debian' ? [] : ['shop-log-server.rsyslog.conf'];
    for (const name of ['shop.rsyslog.conf', ...collects]) {
      const rules = written(files, `${prefix}/${name}`);
      const main = join(folder, 'rsyslog.conf');
      writeFileSync(main, `module(load="imuxsock")\ninclude(file="${rules}")\n*.* /dev/null\n`);
      const { status, output } = said('rsyslogd', '-N1', '-f', main);
      expect(output).not.toMatch(/error|warning/i);
      expect(status).toBe(0);
    }
  });

  test('none of it is there without files and log servers', async () => {
    const files = await filesOf({ language: 'cpp' }, [target]);
    expect([...files.keys()].filter((path) => /rsyslog|logrotate/.test(path))).toEqual([]);
  });

  test('only what was chosen is there', async () => {
    const some = async (...targets: readonly string[]): Promise<readonly string[]> => {
      const files = await filesOf({ language: 'cpp', 'log.targets': targets }, [target]);
      const paths = [...files.keys()].filter((path) => /rsyslog|logrotate/.test(path));
      return paths.map((path) => basename(path)).sort();
    };
    expect(await some('file')).toEqual(['shop.logrotate']);
    expect(await some('syslog')).toEqual(['shop.logrotate', 'shop.rsyslog.conf']);
    const collects = target === 'debian' ? [] : ['shop-log-server.rsyslog.conf'];
    expect(await some('stderr', 'udp')).toEqual(collects);
  });
});

describe('an init script', () => {
  test.each([
    ['cpp', 'classic', '--daemon --pid-file /run/shop/shop.pid --user shop', false],
    ['cpp', 'foreground', '', true],
    ['typescript', 'foreground', '', true],
  ])('of %s, %s, starts the server', async (language, style, own, isPut) => {
    const files = await filesOf({ language, 'daemon.style': style }, ['classic']);
    const script = files.get('deploy/classic/shop.init') ?? '';
    const flags = ['--listen 127.0.0.1:8080', own].filter(Boolean).join(' ');
    expect(script).toContain(`\nflags='${flags}'\n`);
    expect(script.includes('--background --make-pidfile --chuid shop')).toBe(isPut);
    expect(said('sh', '-n', written(files, 'deploy/classic/shop.init')).output).toBe('');
  });

  test('says how it is called', async () => {
    const files = await filesOf({ language: 'cpp' }, ['classic']);
    const at = (text: string): string => text.replaceAll('/opt/shop', folder);
    const script = written(files, 'deploy/classic/shop.init', at);
    const { status, output } = said('sh', script, 'dance');
    expect({ status, output }).toEqual({
      status: 2,
      output: `usage: ${script} start|stop|restart|reload|force-reload|status\n`,
    });
  });

  test.skipIf(!isInstalled('systemd-sysusers'))('has its user and folders made', async () => {
    const files = await filesOf({ language: 'cpp', ...kAllLogs }, ['classic']);
    const root = join(folder, 'root');
    mkdirSync(join(root, 'etc'), { recursive: true });
    const users = written(files, 'deploy/classic/shop.sysusers.conf');
    expect(said('systemd-sysusers', `--root=${root}`, users).status).toBe(0);
    const folders = written(files, 'deploy/classic/shop.tmpfiles.conf');
    const { status, output } = said('systemd-tmpfiles', '--create', `--root=${root}`, folders);
    expect({ status, output }).toEqual({ status: 0, output: '' });
    expect(said('find', root, '-user', 'root', '-name', 'shop*').output).toBe('');
    expect(said('find', root, '-name', 'shop*').output.split('\n').filter(Boolean)).toHaveLength(4);
  });
});
