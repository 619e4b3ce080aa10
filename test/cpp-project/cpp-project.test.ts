/**
 * C++ projects: formatted, built without a warning by their own build, tested, started. test/matrix
 * builds all architectures together.
 */

import {
  closeSync,
  constants,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../src/spec/question.ts';
import { isInstalled, onFullDisk } from '../tools.ts';
import { clean, generate, type Project, run, Server } from './project.ts';
import { StalledPipe } from './stalled-pipe.ts';

const mayMount = onFullDisk(tmpdir()) !== null;

const architectures: Readonly<Record<string, Answers>> = {
  default: {},
  'one-loop': { 'concurrency.model': 'single', 'io.trigger': 'level' },
  processes: { 'concurrency.model': 'sharded', 'workers.kind': 'process' },
};

function ownSources({ directory }: Project): readonly string[] {
  const folders = ['src', 'src/handlers', 'test'];
  return folders
    .flatMap((folder) => readdirSync(join(directory, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => /\.(cc|h)$/.test(path));
}

afterAll(clean);

describe.each(Object.entries(architectures))('%s', (name, answers) => {
  let project: Project;

  beforeAll(async () => {
    project = await generate(name, answers);
  });

  it.skipIf(!isInstalled('clang-format-19'))('is what its own clang-format would write', () => {
    const format = ['clang-format-19', '--dry-run', '--Werror', ...ownSources(project)];
    expect(run(project, format)).toEqual({ status: 0, output: '' });
  });

  it('builds with all warnings as errors', () => {
    const built = run(project, project.commands.build);
    expect(built.status, built.output).toBe(0);
    expect(built.output).not.toMatch(/warning/i);
  });

  it('passes its own tests', () => {
    const tested = run(project, project.commands.test);
    expect(tested.status, tested.output).toBe(0);
    expect(tested.output).toContain('100% tests passed');
  });

  it('answers, and ends on SIGTERM with 0', async () => {
    const server = await Server.start(project);
    const texts = ['/plaintext', '/json'].map(async (path) =>
      (await fetch(server.url + path)).text(),
    );
    const echo = await fetch(`${server.url}/echo`, { method: 'POST', body: 'here' });
    const page = await fetch(server.url);
    expect(await Promise.all(texts)).toEqual(['Hello, World!', '{"message":"Hello, World!"}']);
    expect(await echo.text()).toBe('here');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toContain('<h1>my-server</h1>');
    expect(await server.stop()).toBe(0);
  });
});

/** 8 MiB, unless a flag or a route says otherwise. */
const kDefaultLimit = 8 * 2 ** 20;

describe('with routes of its own', () => {
  let project: Project;
  let server: Server;
  let own: Server;
  const flags = ['--max-target-bytes', '100', '--max-head-bytes', '65535', '--max-fields', '256'];

  beforeAll(async () => {
    project = await generate('own-routes', architectures['one-loop'] ?? {});
    const fixture = join(import.meta.dirname, 'fixtures/routes.cc.txt');
    copyFileSync(fixture, join(project.directory, 'src/routes.cc'));
    const built = run(project, project.commands.build);
    expect(built.status, built.output).toBe(0);
    [server, own] = [await Server.start(project), await Server.start(project, ...flags)];
  });

  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    expect(await own.stop()).toBe(0);
  });

  it.each([
    ['/buffered', kDefaultLimit],
    ['/buffered/big', 9_000_000],
    ['/buffered/small', 1000],
    ['/streamed', kDefaultLimit],
    ['/streamed/big', 9_000_000],
    ['/streamed/small', 1000],
  ])('%s takes %i bytes, however they come, and no more', async (path, limit) => {
    const post = (body: NonNullable<RequestInit['body']>, more: object = {}) =>
      fetch(server.url + path, { method: 'POST', body, ...more });
    const [most, beyond] = [Buffer.alloc(limit), Buffer.alloc(limit + 1)];
    expect(await (await post(most)).text()).toBe(String(limit));
    expect((await post(beyond)).status).toBe(413);
    const chunked = await post(new Blob([most]).stream(), { duplex: 'half' });
    expect(await chunked.text()).toBe(String(limit));
  });

  it('of heads are as the flags say', async () => {
    const headers = Array.from({ length: 200 }, (_, index): [string, string] => [
      `x-${index}`,
      'y'.repeat(200),
    ]);
    const page = (url: string, target: number, init?: RequestInit) =>
      fetch(`${url}/?${'q'.repeat(target - 2)}`, init);
    expect((await page(own.url, 100, { headers })).status).toBe(200);
    expect((await page(own.url, 101)).status).toBe(414);
    expect((await page(server.url, 101)).status).toBe(200);
    expect((await page(server.url, 100, { headers })).status).toBe(431);
  });

  describe('logs', () => {
    let fifo: string;

    beforeAll(() => {
      fifo = join(project.directory, 'fifo');
      expect(run(project, ['mkfifo', fifo])).toEqual({ status: 0, output: '' });
    });

    /** Sends more requests than a full pipe, and the queue for it, have room for. */
    async function askALot(server: Server): Promise<void> {
      const page = `${server.url}/plaintext?${'q'.repeat(7000)}`;
      for (let count = 0; count < 400; count++) expect((await fetch(page)).status).toBe(200);
    }

    it.each(['--log', '--access-log'])('a FIFO that nobody reads from is no %s', (flag) => {
      const [program = ''] = project.commands.start ?? [];
      const refused = run(project, [program, '--listen', '127.0.0.1:0', flag, fifo]);
      expect(refused.output).toContain(`${fifo} is a FIFO without a reader`);
      expect(refused.status).toBe(2);
    });

    it('a FIFO whose reader stalls holds nobody up, and lost lines are counted', async () => {
      const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
      const server = await Server.start(project, '--access-log', fifo);
      await askALot(server);
      expect(await server.stop()).toBe(0);
      const log = await server.log();
      expect(log).toMatch(new RegExp(`${fifo}: [1-9]\\d* lines lost: its reader doesn't read`));
      const lines = readFileSync(reader, 'utf8').trimEnd().split('\n');
      // Only part of the last line may have fit in the pipe.
      for (const line of lines.slice(0, -1)) expect(line).toMatch(/ GET \/plaintext\?q{7000} 200 /);
      closeSync(reader);
    });

    it('a pipe on standard error whose reader stalls holds nobody up either', async () => {
      const pipe = new StalledPipe(fifo);
      const stderr = pipe.writer;
      const server = await Server.startAs({ stderr }, project, '--access-log', 'stderr');
      await askALot(server);
      await pipe.until(/^stderr: [1-9]\d* lines lost: its reader doesn't read$/m);
      expect((await fetch(`${server.url}/throws`)).status).toBe(500);
      await pipe.until(/the handler of GET \/throws threw an exception/);
      expect(await server.stop()).toBe(0);
      pipe.close();
    });

    it.skipIf(!mayMount).each(['--log', '--access-log'])(
      'a tmpfs without a free byte as %s stops nothing, and is told',
      async (flag) => {
        const disk = join(project.directory, 'disk');
        mkdirSync(disk, { recursive: true });
        const wrapper = onFullDisk(disk);
        if (wrapper === null) throw new Error('mounts were permitted before');
        const file = join(disk, 'server.log');
        const server = await Server.startAs({ wrapper }, project, flag, file);
        await askALot(server);
        expect((await fetch(`${server.url}/throws`)).status).toBe(500);
        expect(await server.stop()).toBe(0);
        const lost = new RegExp(`${file}: [1-9]\\d* lines lost: No space left on device`);
        expect(await server.log()).toMatch(lost);
      },
    );

    it.each(['--log', '--access-log'])(
      'a full disk as %s stops nothing, and is told',
      async (flag) => {
        const server = await Server.start(project, flag, '/dev/full');
        expect((await fetch(`${server.url}/throws`)).status).toBe(500);
        expect(await server.stop()).toBe(0);
        expect(await server.log()).toMatch(
          /\/dev\/full: [1-9]\d* lines lost: No space left on device/,
        );
      },
    );
  });
});

describe('a name', () => {
  it.skipIf(!isInstalled('clang-format-19')).each(['a', 'n'.repeat(64), 'poll', 'a-b-c'])(
    'of any length leaves the sources formatted: %s',
    async (name) => {
      const project = await generate(`named-${name}`, { name });
      const format = ['clang-format-19', '--dry-run', '--Werror', ...ownSources(project)];
      expect(run(project, format)).toEqual({ status: 0, output: '' });
    },
  );
});
