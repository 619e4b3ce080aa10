/**
 * C++ projects: formatted, built by their own build without a warning, tested, started. All
 * architectures are built together in test/matrix.
 */

import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../src/spec/question.ts';
import { isInstalled } from '../tools.ts';
import { clean, generate, type Project, run, Server } from './project.ts';

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

/** 8 MiB, where neither flag nor route says anything else. */
const kDefaultLimit = 8 * 2 ** 20;

describe('limits', () => {
  let server: Server;
  let own: Server;
  const flags = ['--max-target-bytes', '100', '--max-head-bytes', '65535', '--max-fields', '256'];

  beforeAll(async () => {
    const project = await generate('limits', architectures['one-loop'] ?? {});
    const fixture = join(import.meta.dirname, 'fixtures/limits.cc.txt');
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
