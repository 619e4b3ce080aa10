/** A TypeScript project with every addition: formatted, built, tested, queried. */

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate, type Project } from '../typescript-project/projects.ts';
import { Server } from '../typescript-project/server.ts';
import { canLive, lifeOf } from './package-life.ts';
import { kAdditions } from './some-additions.ts';

let project: Project;

beforeAll(async () => {
  project = await generate({}, kAdditions);
  await project.run('npm', 'install', '--no-audit', '--no-fund');
  const built = await project.run('npm', 'run', 'build');
  expect(built).not.toMatch(/warning:/i);
});

afterAll(() => project.remove());

describe('a TypeScript project with additions', () => {
  test('is formatted as its own formatter would', async () => {
    expect(await project.run('npm', 'run', 'check')).toContain('No fixes applied');
  });

  test('passes its own tests, those of what was added among them', async () => {
    const tested = await project.run('npm', 'test');
    expect(tested).toMatch(/Test Files.*passed/);
    for (const file of ['user-route', 'change-user-route', 'hello-route', 'with-request-id']) {
      expect(tested).toContain(`test/${file}.test.ts`);
    }
  });

  test.skipIf(!canLive())('is a Debian package that lives', async () => {
    await project.run('sh', 'deploy/debian/build.sh');
    expect(lifeOf(join(project.directory, 'build'))).toEqual({ status: 0, failure: '' });
  });

  test('answers at its new routes, through its middleware', async () => {
    const server = await Server.start(project.directory);
    const user = await fetch(`${server.url}/users/a%20b/posts/9`);
    expect(await user.json()).toEqual({ id: 'a b', post: '9' });
    expect(user.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const change = { method: 'PATCH', body: '{"name":"Ada"}' };
    const changed = await fetch(`${server.url}/users/7`, change);
    expect(await changed.json()).toEqual({ id: '7', body: { name: 'Ada' } });
    const broken = await fetch(`${server.url}/users/7`, { method: 'PATCH', body: '{' });
    expect(broken.status).toBe(400);
    const hello = await fetch(`${server.url}/hello?name=Ada`, { method: 'DELETE' });
    expect(await hello.json()).toEqual({ message: 'Hello, Ada!' });
    const file = await fetch(server.url);
    expect(file.headers.get('x-request-id')).toBeNull();
    await fetch(`${server.url}/delay/150`);
    await server.logged('GET /delay/150 took');
    expect(await server.stop()).toBe(0);
  });
});
