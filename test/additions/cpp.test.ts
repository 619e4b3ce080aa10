/** A C++ project with everything on top: formatted, built without a warning, tested, asked. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, generate, isInstalled, type Project, run, Server } from '../cpp-project/project.ts';
import { kAdditions } from './some-additions.ts';

let project: Project;

beforeAll(async () => {
  project = await generate('added', { 'pools.connections': 'growing' }, kAdditions);
});

afterAll(clean);

/** Those of the project itself, without the core. */
function sources(): readonly string[] {
  return ['src', 'test'].flatMap((folder) =>
    readdirSync(join(project.directory, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(cc|h)$/.test(path))
      .map((path) => join(folder, path)),
  );
}

describe('a C++ project with additions', () => {
  it.skipIf(!isInstalled('clang-format-19'))('is what its own clang-format would write', () => {
    const format = ['clang-format-19', '--dry-run', '--Werror', ...sources()];
    expect(run(project, format)).toEqual({ status: 0, output: '' });
  });

  it('builds with all warnings as errors', () => {
    const built = run(project, project.commands.build);
    expect(built.status, built.output).toBe(0);
    expect(built.output).not.toMatch(/warning/i);
  });

  it('passes its own tests, those of what was added among them', () => {
    const tested = run(project, project.commands.test);
    expect(tested.status, tested.output).toBe(0);
    expect(tested.output).toContain('UserRoute.IsAnswered');
    expect(tested.output).toContain('WithRequestId.NamesEachAnswer');
  });

  it('answers at its new routes, through its middleware', async () => {
    const server = await Server.start(project);
    const user = await fetch(`${server.url}/users/a%20b/posts/9?x=1`);
    expect(await user.text()).toBe('id: a%20b\npost: 9\n');
    expect(user.headers.get('x-request-id')).toMatch(/^\d+-\d+$/);
    const change = { method: 'PATCH', body: 'as a whole' };
    expect(await (await fetch(`${server.url}/users/7`, change)).text()).toBe('id: 7\nas a whole');
    const hello = await fetch(`${server.url}/hello?name=Ada`, { method: 'DELETE' });
    expect(await hello.text()).toBe('Hello, Ada!\n');
    const file = await fetch(server.url);
    expect(file.headers.get('x-request-id')).toBeNull();
    expect(await server.stop()).toBe(0);
  });

  it.skipIf(!isInstalled('clang-tidy-19'))('has nothing for its own clang-tidy', () => {
    const added = sources().filter((path) => /with_|user|hello|greeting/.test(path));
    const tidy = ['clang-tidy-19', '--quiet', '-p', 'build/release'];
    const files = added.filter((path) => path.endsWith('.cc') && path.startsWith('src/'));
    const { status, output } = run(project, [...tidy, ...files]);
    expect(status, output).toBe(0);
  });
});
