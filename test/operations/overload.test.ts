/** Overload: what is served, what is turned away, and that health checks continue. */

import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cells, eventually, nameOf, project, type Started, started } from './projects.ts';

/**
 * Each client sends its next request as soon as it has an answer. With 5 ms for each request, this
 * is far more than 3 times the capacity.
 */
const kClients = 64;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

describe.each(cells.map((cell) => [nameOf(cell), cell] as const))('%s', (_, cell) => {
  let server: Started;

  beforeAll(async () => {
    server = await started(await project(cell));
  }, 1_800_000);

  afterAll(async () => {
    expect(await server.stop()).toBe(0);
  });

  function ask(path: string, agent: Agent): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = get({ port: server.port, host: '127.0.0.1', path, agent }, (answer) => {
        const { statusCode: status = 0, headers } = answer;
        text(answer).then(() => resolve({ status, retryAfter: headers['retry-after'] }), reject);
      });
      asked.on('error', reject);
    });
  }

  test('what has waited too long is sent away, never a health check', {
    timeout: 300_000,
  }, async () => {
    const agent = new Agent({ keepAlive: true });
    const counts = new Map<number, number>();
    let over = false;
    let away: Answer | null = null;
    const client = async (): Promise<void> => {
      while (!over) {
        const answer = await ask('/work', agent);
        counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
        if (answer.status === 503) away = answer;
      }
    };
    const clients = Promise.all(Array.from({ length: kClients }, client));
    const of = (status: number): number => counts.get(status) ?? 0;
    await eventually('somebody is sent away', () => of(503) > 0);
    const served = of(200);
    for (let turn = 0; turn < 20; turn += 1) {
      expect((await ask('/healthz', agent)).status).toBe(200);
    }
    await eventually('others are still served', () => of(200) > served + 20);
    over = true;
    await clients;
    expect([...counts.keys()].sort()).toEqual([200, 503]);
    expect(away).toMatchObject({ retryAfter: '1' });
    // After the overload, all requests are served again.
    await eventually('the end of the overload', async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        if ((await ask('/work', agent)).status !== 200) return false;
      }
      return true;
    });
    const line = 'a request has waited too long: 503 for GET /work';
    await eventually('a line in the log', () => server.lines.some((each) => each.includes(line)));
    agent.destroy();
  });
});
