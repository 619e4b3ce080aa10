/** Classic daemons (chapter 7 of the notes): what the system reports about them while they run. */

import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../blackbox/wire.ts';
import { type Project, run } from '../cpp-project/project.ts';
import { rows } from './projects.ts';
import { reloads, reloadsUnderLoad } from './reload.ts';
import {
  childrenOf,
  clean,
  ended,
  isAlive,
  isRoot,
  ps,
  Subject,
  scratch,
  status,
} from './subject.ts';
import { isSupervised } from './supervision.ts';
import { hardUpgrades, upgrades } from './upgrade.ts';

const kNobody = '65534\t65534\t65534\t65534';

afterAll(clean);

/** Checks all threads of the process; programs that it starts can't gain privileges, either. */
function expectNobody(id: number): void {
  for (const thread of readdirSync(`/proc/${id}/task`)) {
    expect(status(Number(thread), 'Uid')).toBe(kNobody);
    expect(status(Number(thread), 'Gid')).toBe(kNobody);
    expect(status(Number(thread), 'Groups')).toBe('65534');
    expect(status(Number(thread), 'CapEff')).toMatch(/^0+$/);
  }
  expect(status(id, 'NoNewPrivs')).toBe('1');
}

interface Refusal {
  readonly flag: string;
  readonly value: string;
  readonly reason: RegExp;
}

const refusals: readonly Refusal[] = (
  [
    ['--user', 'no-such-user', /--user: no-such-user is not a user of this system: see/],
    ['--group', 'no-such-group', /--group: no-such-group is not a group of this system/],
    ['--umask', '9', /--umask: 9 is not an octal number from 0 to 777/],
    ['--limit-core', 'much', /--limit-core: much is not a number of bytes/],
    ['--pid-file', '/none/x.pid', /--pid-file: \/none\/x.pid does not exist, or its folder/],
    ['--chroot', '/none', /--chroot: \/none does not exist/],
    ['--daemon=maybe', '', /--daemon: "maybe": expected true or false/],
  ] as const
).map(([flag, value, reason]) => ({ flag, value, reason }));

describe.each(rows)('a classic daemon, $name', (row) => {
  const { name, hasPool, hasWorkers } = row;
  const isTypescript = row.language === 'typescript';
  const hasRoot = row.answers['daemon.chroot'] === true;
  const subject = new Subject(row);
  const { pidFile } = subject;
  const start = (...flags: readonly string[]) => subject.start(...flags);
  const daemon = (...flags: readonly string[]) => subject.daemon(...flags);
  const stop = (id: number) => subject.stop(id);
  let project: Project;

  beforeAll(async () => {
    project = await subject.build();
  }, 900_000);

  afterEach(() => subject.endAll());

  test('has no terminal, a session of its own, and init for a parent (29, 30, 40)', async () => {
    const { id, url } = daemon();
    const { parent, group, session, terminal } = ps(id);
    expect(ps(Number(parent)).name).not.toBe('node');
    expect(group).toBe(id);
    expect(session).not.toBe(id);
    expect(terminal).toBe(0);
    for (const stream of [0, 1, 2]) {
      expect(readlinkSync(`/proc/${id}/fd/${stream}`)).toBe('/dev/null');
    }
    expect(readlinkSync(`/proc/${id}/cwd`)).toBe('/');
    expect(status(id, 'Umask')).toBe('0027');
    // The server finds its files although its working directory is `/`.
    expect((await fetch(url)).status).toBe(200);
    await stop(id);
    expect(existsSync(pidFile)).toBe(false);
  });

  test('has a group of its own, and its workers have theirs: a signal reaches all (39)', async () => {
    const { id, url } = daemon();
    const pool = childrenOf(id);
    expect(pool.length > 0).toBe(hasPool);
    const [group = id, ...others] = new Set(pool.map((worker) => ps(worker).group));
    expect(others).toEqual([]);
    process.kill(-group, 'SIGKILL');
    for (const each of pool) await ended(each);
    // If the pool has a group of its own, the parent is still alive.
    if (group !== id) {
      await eventually('new workers', async () => (await fetch(url)).status === 200 || undefined);
      process.kill(id, 'SIGKILL');
    }
    await ended(id);
    // The file left behind by the killed server is taken over, once its workers have noticed.
    expect(readFileSync(pidFile, 'utf8')).toBe(`${id}\n`);
    const next = await eventually('the next one', () => daemon());
    expect(next.id).not.toBe(id);
    await stop(next.id);
  });

  test('is refused a second time, and tells who runs (38)', async () => {
    const { id } = daemon();
    const second = start('--daemon', '--pid-file', pidFile);
    expect(second).toMatchObject({ status: 1 });
    expect(second.output).toContain(`${pidFile}: process ${id} is running with this PID file`);
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
    const pool = childrenOf(id);
    for (const each of [id, ...pool]) expectNobody(each);
    for (const each of pool.slice(0, 1)) {
      process.kill(each, 'SIGKILL');
      const isNew = (child: number): boolean => !pool.includes(child) && isAlive(child);
      // The worker's replacement has no privileges, either.
      expectNobody(await eventually('a new worker', () => childrenOf(id).find(isNew)));
    }
    expect((await fetch(`${url}/plaintext`)).status).toBe(200);
    await stop(id);
    // The file's folder belongs to root, so the file can't be removed: it is emptied, and then
    // taken over.
    expect(readFileSync(pidFile, 'utf8')).toBe('');
    await stop(daemon().id);
  });

  test.runIf(isRoot && hasRoot)('sees nothing outside of its root directory (42)', async () => {
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
    expect(outside.output).toContain('--root: public is outside the root directory');
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

  isSupervised(subject);

  test.runIf(isRoot)('runs as its README says', async () => {
    const readme = readFileSync(join(project.directory, 'README.md'), 'utf8');
    const block = /\n## Run it for real\n\n```sh\n([^`]*)```/.exec(readme)?.[1] ?? '';
    const lines = block.trimEnd().replaceAll('sudo ', '').split('\n');
    const [begin = '', ask = '', end = ''] = lines;
    const started = run(project, ['sh', '-c', begin], { MY_SERVER_LISTEN: '127.0.0.1:0' });
    expect(started.status, started.output).toBe(0);
    const port = /listening on http:\S+:(\d+)/.exec(started.output)?.[1] ?? '';
    const asked = run(project, ['sh', '-c', ask.replace('8080', port)]);
    expect(asked.output).toContain('Hello, World!');
    const id = Number(readFileSync(join(project.directory, 'my-server.pid'), 'utf8'));
    expect(run(project, ['sh', '-c', end]).status).toBe(0);
    await ended(id);
  });

  test('finds its sockets where it was started', async () => {
    const { id } = daemon('--listen', 'unix:own.sock');
    const hasAdmin = row.answers['admin.listen'] === 'unix';
    const sockets = ['own.sock', ...(hasAdmin ? ['my-server-admin.sock'] : [])];
    for (const name of sockets) expect(existsSync(join(project.directory, name))).toBe(true);
    await stop(id);
  });

  test('leaves nothing of its starter open, whoever reads it to the end (30)', async () => {
    const command = [...(project.commands.start ?? []), '--listen', '127.0.0.1:0', '--daemon'];
    const piped = `${command.join(' ')} --pid-file ${pidFile} 2>&1 | cat`;
    expect(run(project, ['sh', '-c', piped]).output).toContain('listening on ');
    await stop(Number(readFileSync(pidFile, 'utf8')));
  });

  test.runIf(isTypescript && !hasWorkers)('leaves no PID file, however it ends (38)', async () => {
    const handler = join(project.directory, 'dist/handlers/plaintext.js');
    const kept = readFileSync(handler);
    const called = join(scratch, 'called');
    const end = async (body: string, then: (id: number) => void): Promise<void> => {
      const says = `writeFileSync('${called}', '');`;
      const text = `export function plaintext() { ${says} ${body} }\n`;
      writeFileSync(handler, `import { writeFileSync } from 'node:fs';\n${text}`);
      rmSync(called, { force: true });
      const { id, url } = daemon('--drain-timeout-ms', '1');
      fetch(`${url}/plaintext`).catch(() => {});
      await eventually('its call', () => existsSync(called) || undefined);
      then(id);
      await ended(id);
      expect(existsSync(pidFile)).toBe(false);
    };
    await end('process.exit(3);', () => {});
    await end("setImmediate(() => { throw new Error('lost'); });", () => {});
    // It never returns: the addon exits the process.
    await end('for (;;);', (id) => process.kill(id, 'SIGTERM'));
    writeFileSync(handler, kept);
  });

  test.runIf(isRoot && hasWorkers)(
    'has its workers find what they need, now and later',
    async () => {
      const log = join(scratch, `${name}.log`);
      const given = daemon('--user', 'nobody', '--log', log);
      expect(statSync(log).uid).toBe(65534);
      await stop(given.id);
      chownSync(log, 0, 0);
      const refused = start('--daemon', '--user', 'nobody', '--log', log);
      expect(refused).toMatchObject({ status: 1 });
      expect(refused.output).toContain(
        `${log} can't be written by nobody: change its owner with chown(1)`,
      );
      const module = join(project.directory, 'dist/daemon/rights.js');
      chmodSync(module, 0o600);
      const hidden = start('--daemon', '--user', 'nobody');
      chmodSync(module, 0o644);
      expect(hidden).toMatchObject({ status: 1 });
      expect(hidden.output).toContain(
        `${module} can't be read by nobody: install the server where`,
      );
    },
  );

  // C++ does so along the steps of the guide.
  test.runIf(isTypescript && row.answers['admin.listen'] === 'unix')('passes its own tests', () => {
    const { status: code, output } = run(project, project.commands.test);
    expect(code, output).toBe(0);
  });

  reloads(subject);
  reloadsUnderLoad(subject);
  if (!hasRoot) {
    upgrades(subject);
    hardUpgrades(subject);
  }

  const ofRoot = ({ flag }: Refusal): boolean => flag !== '--chroot' || hasRoot;
  test.each(refusals.filter(ofRoot))('refuses $flag $value with the way out', (refusal) => {
    const { flag, value, reason } = refusal;
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
    expect(refused.output).toContain('--user: daemon needs root: start the server as root');
    if (hasRoot) expect(run(project, [...asNobody, '--chroot', '/'])).toMatchObject({ status: 2 });
  });
});
