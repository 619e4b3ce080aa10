/** Requests have ids, whichever process answers them. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cells, nameOf, project, type Started, started } from './projects.ts';

const kTrace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe.each(cells.map((cell) => [nameOf(cell), cell] as const))('%s', (_, cell) => {
  let server: Started;

  beforeAll(async () => {
    server = await started(await project(cell));
  }, 1_800_000);

  afterAll(async () => {
    await server.stop();
  });

  async function ask(path: string, headers: Readonly<Record<string, string>> = {}) {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      headers: { ...headers, connection: 'close' },
    });
    const [peer = '', id = '', trace = ''] = (await answer.text()).split(' ');
    return { echoed: answer.headers.get('x-request-id'), peer, id, trace };
  }

  test('a client’s name for its request reaches the handler, and comes back', async () => {
    const told = { 'x-request-id': 'from/outside-1', traceparent: kTrace };
    expect(await ask('/known', told)).toMatchObject({
      echoed: 'from/outside-1',
      peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      id: 'from/outside-1',
      trace: kTrace,
    });
  });

  test('others get one, each another one', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask('/known')));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(100);
    for (const { echoed, id } of answers) {
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(echoed).toBe(id);
    }
  });

  test('what is not sane, or not valid, counts as nothing', async () => {
    const { id, trace } = await ask('/known', {
      'x-request-id': 'a b',
      traceparent: kTrace.toUpperCase(),
    });
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(trace).toBe('');
  });

  test('answers that no handler gives have it too', async () => {
    expect((await ask('/missing', { 'x-request-id': 'lost' })).echoed).toBe('lost');
  });
});
