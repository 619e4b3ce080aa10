/**
 * A generated project installs, builds without a warning, is formatted as its formatter would, and
 * passes its tests.
 */

import { once } from 'node:events';
import { copyFile, cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, connected, pipelined, received } from './client.ts';
import { testEnds, testLogs } from './ends.ts';
import {
  answersAreChecked,
  answersKeepToHttp,
  endsAreTold,
  exchangesAreKept,
  exchangesEnd,
  type Trial,
} from './exchanges.ts';
import { limitsHold } from './limits.ts';
import { generate, type Project } from './projects.ts';
import { Server } from './server.ts';

const kModels = ['half-sync-half-async', 'sharded', 'single'];

/** Installed and built from scratch; the others borrow what does not depend on the answers. */
let first: Project;

beforeAll(async () => {
  first = await generate({ 'concurrency.model': kModels[0] });
  await first.run('npm', 'install', '--no-audit', '--no-fund');
  const built = await first.run('npm', 'run', 'build');
  expect(built).not.toMatch(/warning:/i);
});

afterAll(() => first.remove());

describe.each(kModels)('a %s project', (model) => {
  let project: Project;

  beforeAll(async () => {
    project = await generate({ 'concurrency.model': model, 'io.trigger': 'level' });
    await symlink(join(first.directory, 'node_modules'), join(project.directory, 'node_modules'));
    await cp(join(first.directory, 'build/Release'), join(project.directory, 'build/Release'), {
      recursive: true,
    });
    await project.run('npm', 'run', 'build:server');
  });

  afterAll(() => project.remove());

  test('is formatted as its own formatter would', async () => {
    expect(await project.run('npm', 'run', 'check')).toContain('No fixes applied');
  });

  test('passes its own tests', async () => {
    expect(await project.run('npm', 'test')).toMatch(/Test Files.*passed/);
  });

  test('has no file of another model', async () => {
    const others = kModels.filter((other) => other !== model);
    const modules = await project.run('ls', 'src/server');
    for (const other of others) expect(modules).not.toContain(`${other}.ts`);
  });
});

/**
 * Handlers that run in the loop, and handlers behind a queue: there, a failing worker takes no
 * connection with it.
 */
const kHandlers = [
  ['epoll', 'half-sync-half-async', /^$/],
  ['poll', 'half-sync-half-reactive', /^HTTP\/1.1 500 /],
] as const;

describe.each(kHandlers)('handlers of a project by %s, %s', (io, model, crashed) => {
  let project: Project;
  let server: Server;
  const flags = ['--workers', '1', '--max-body-bytes', '2000000'];

  beforeAll(async () => {
    project = model === kModels[0] ? first : await queueProject({ io, model });
    for (const module of ['routes', 'exchanges']) {
      const fixture = new URL(`./fixtures/${module}.ts.txt`, import.meta.url);
      await copyFile(fixture, join(project.directory, `src/${module}.ts`));
    }
    await project.run('npm', 'run', 'build');
    server = await Server.start(project.directory, ...flags);
  });

  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    if (project !== first) await project.remove();
  });

  const trial = (): Trial => {
    return {
      server,
      start: ({ node = [], flags: more = [] } = {}) => {
        return Server.startBy(node, project.directory, ...flags, ...more);
      },
    };
  };
  exchangesAreKept(trial);
  exchangesEnd(trial);
  endsAreTold(trial);
  answersAreChecked(trial);
  answersKeepToHttp(trial);
  limitsHold(trial);

  const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

  test.each([
    ['throws', 'thrown on purpose'],
    ['rejects', 'rejected on purpose'],
    ['split', 'control characters'],
  ])('a handler that %s is a 500 and a line in the log', async (path, reason) => {
    const response = await get(`/${path}`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('Internal Server Error\n');
    expect(response.headers.get('set-cookie')).toBeNull();
    const log = await server.logged(reason);
    expect(log).toContain(`GET /${path}`);
  });

  test.each(['/silent', '/silent/later'])('a handler of %s is found out (S6)', async (path) => {
    expect((await get(path)).status).toBe(500);
    expect(await server.logged(`the handler of GET ${path} has not answered`)).toContain(path);
  });

  test('what answers by a callback keeps its request, whatever is collected', async () => {
    const [late, stream] = [get('/callback/1500'), get('/callback/stream/1500')];
    expect((await get('/silent')).status).toBe(500);
    expect(await (await late).text()).toBe('called back');
    expect(await (await stream).text()).toBe('streamed');
  });

  test('a second answer is a line in the log; the first one stands', async () => {
    expect(await (await get('/twice')).text()).toBe('first');
    await server.logged('already been answered');
  });

  test('a request that is read after its answer is a line in the log', async () => {
    expect(await (await get('/too-late')).text()).toBe('answered');
    await server.logged('the exchange is over');
  });

  test('names of the path are decoded, and malformed ones a 400', async () => {
    const named = await get('/params/a%20b/c/d?q=%C3%A9');
    expect(await named.json()).toEqual({ first: 'a b', '*': 'c/d', query: 'é' });
    expect((await get('/params/%zz/c')).status).toBe(400);
  });

  test.each([0, 1, 2_000, 16_384, 16_385, 3_000_000])('%i bytes arrive whole', async (size) => {
    const bytes = Buffer.from(await (await get(`/bytes/${size}`)).arrayBuffer());
    expect(bytes.equals(Buffer.alloc(size, 'x'))).toBe(true);
    expect(await (await get(`/text/${size}`)).text()).toBe('é'.repeat(size));
  });

  test('a file is sent from below the root only', async () => {
    expect((await get('/file')).headers.get('content-type')).toContain('text/html');
    expect((await get('/escape')).status).toBe(404);
  });

  test('a stream waits for its reader and arrives whole', async () => {
    expect((await (await get('/stream/200')).text()).length).toBe(200 * 100_000);
  });

  test.each([1, 65_536, 65_537, 1_999_999])('a body of %i bytes is read whole', async (size) => {
    const response = await get('/size', { method: 'POST', body: Buffer.alloc(size) });
    expect(await response.json()).toBe(size);
  });

  test('a body beyond the limit is a 413', async () => {
    const post = { method: 'POST', body: Buffer.alloc(2_000_001) };
    expect((await get('/size', post)).status).toBe(413);
  });

  test.each([
    ['POST', '/size/big', 9_000_000],
    ['PUT', '/size/small', 1000],
  ])('%s %s takes %i bytes, however they come, and no more', async (method, path, limit) => {
    const [most, beyond] = [Buffer.alloc(limit), Buffer.alloc(limit + 1)];
    expect(await (await get(path, { method, body: most })).json()).toBe(limit);
    expect((await get(path, { method, body: beyond })).status).toBe(413);
    const chunked = new Blob([most]).stream();
    const streamed = await get(path, { method, body: chunked, duplex: 'half' });
    expect(await streamed.json()).toBe(limit);
  });

  test('a head is taken as its flags say', async () => {
    const own = await Server.start(
      project.directory,
      ...flags,
      ...['--max-target-bytes', '20000', '--max-head-bytes', '65535', '--max-fields', '256'],
    );
    const headers = Array.from({ length: 200 }, (_, index): [string, string] => [
      `x-${index}`,
      'y'.repeat(200),
    ]);
    const named = await fetch(`${own.url}/params/a/b?q=${'z'.repeat(19_900)}`, { headers });
    expect(await named.json()).toMatchObject({ query: 'z'.repeat(19_900) });
    expect((await fetch(`${own.url}/thread?q=${'z'.repeat(20_000)}`)).status).toBe(414);
    expect((await get('/thread', { headers })).status).toBe(431);
    expect(await own.stop()).toBe(0);
  });

  test('a body that is no JSON is a 400', async () => {
    expect((await get('/json', { method: 'POST', body: '{' })).status).toBe(400);
    const good = await get('/json', { method: 'POST', body: '[1]' });
    expect(await good.json()).toEqual({ got: [1] });
  });

  test('a worker that fails is replaced, and whoever connects meanwhile is served', async () => {
    // Requests use connections of their own: those that fetch keeps are closed when their worker
    // fails.
    const [before] = await pipelined(server, '/thread');
    const client = await connected(server);
    client.write(ask('/crash', 'close'));
    expect(await received(client)).toMatch(crashed);
    const [after] = await pipelined(server, '/thread');
    expect(after).not.toBe(before);
    await server.logged('outside of every handler');
  });

  test('a client that resets while its handler works is gone for the handler', async () => {
    const client = await connected(server);
    client.write(ask('/never/reset'));
    await server.logged('called: reset');
    client.resetAndDestroy();
    await server.logged('gone: reset');
  });

  test('a reset that comes together with its request is seen as well', async () => {
    const [blocker, client] = [await connected(server), await connected(server)];
    // The connection is already registered, and idle, so the request and the reset become a single
    // event.
    client.write(ask('/thread'));
    await once(client, 'data');
    blocker.write(ask('/blocks/300'));
    await server.logged('blocked');
    await new Promise((written) => client.write(ask('/never/together'), written));
    client.resetAndDestroy();
    await server.logged('called: together');
    await server.logged('gone: together');
    blocker.destroy();
  });

  test('several fields of one name are a list, cookies one of their own (S14)', async () => {
    const client = await connected(server);
    const fields = ['Cookie: a=1', 'X-Many: 1', 'X-Many: 2', 'Cookie: b=2'];
    client.end(ask('/cookies').replace('\r\n', `\r\n${fields.join('\r\n')}\r\n`));
    let answer = '';
    for await (const bytes of client) answer += bytes;
    expect(answer).toContain('["a=1; b=2","1, 2"]');
  });

  test('a half-closed client waits for its answer', async () => {
    const client = await connected(server);
    client.end(ask('/delay/50'));
    let answer = '';
    for await (const bytes of client) answer += bytes;
    expect(answer).toContain('50 ms later');
  });

  testEnds(() => project.directory, flags);
  testLogs(() => project.directory, flags);

  if (model === 'half-sync-half-reactive') {
    test('no request waits behind a handler that blocks (T11)', async () => {
      const two = await Server.start(project.directory, '--workers', '2');
      const answered: string[] = [];
      const client = async (path: string): Promise<void> => {
        answered.push(await (await fetch(two.url + path)).text());
      };
      const paths = Array.from({ length: 30 }, () => '/thread');
      await Promise.all(['/blocks/3000', ...paths].map(client));
      expect(answered.at(-1)).toBe('unblocked');
      expect(await two.stop()).toBe(0);
    });
  }

  test('handlers that never answer hold up no drain once their clients are gone', async () => {
    // No test may take this long, so it passes only if the drain doesn't wait for the timeout.
    const ending = await Server.start(project.directory, ...flags, '--drain-timeout-ms', '3600000');
    const [before, after] = [await connected(ending), await connected(ending)];
    before.write(ask('/never/before'));
    after.write(ask('/never/after'));
    await ending.logged('called: before');
    await ending.logged('called: after');
    before.resetAndDestroy();
    await ending.logged('gone: before');
    const code = ending.stop();
    await ending.logged('draining');
    after.resetAndDestroy();
    expect(await code).toBe(0);
  });
});

async function queueProject({ io, model }: Record<'io' | 'model', string>): Promise<Project> {
  const project = await generate({ 'io.model': io, 'concurrency.model': model });
  await symlink(join(first.directory, 'node_modules'), join(project.directory, 'node_modules'));
  return project;
}
