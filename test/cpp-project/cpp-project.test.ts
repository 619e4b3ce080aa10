/**
 * C++ projects: formatted, built by their own build without a warning, tested, started. All
 * architectures are built together in test/matrix.
 */

import { readdirSync } from 'node:fs';
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
