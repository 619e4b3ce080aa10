/**
 * What administrators are told about a server, in every kind of architecture, by their own tools.
 */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat } from 'node:fs/promises';
import { Agent, get, type RequestOptions, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  allCells,
  type Built,
  type Cell,
  eventually,
  nameOf,
  project,
  type Started,
  started,
} from './projects.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly allow: string | undefined;
}

function ask(options: RequestOptions, sent = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body, allow: response.headers.allow });
      });
    });
    asking.on('error', reject).end(sent);
  });
}

function asksAdmin({ adminPort: port }: Started) {
  return (path: string, method = 'GET', sent = ''): Promise<Answer> =>
    ask({ port, path, method }, sent);
}

/** What Prometheus itself objects to: null for nothing. */
async function objectionTo(metrics: string): Promise<string | null> {
  const checking = execFile('promtool', ['check', 'metrics']);
  let words = '';
  checking.stderr?.on('data', (text: string) => {
    words += text;
  });
  checking.stdin?.end(metrics);
  const [code] = await once(checking, 'close');
  return code === 0 ? null : words;
}

/** The values of a metric, by its labels. */
function samples(metrics: string, name: string): ReadonlyMap<string, number> {
  const lines = metrics.split('\n').filter((line) => /^[^{ ]+/.exec(line)?.[0] === name);
  return new Map(
    lines.map((line) => [/\{(.*)\}/.exec(line)?.[1] ?? '', Number(line.split(' ').at(-1))]),
  );
}

function sum(metrics: string, name: string): number {
  return [...samples(metrics, name).values()].reduce((all, one) => all + one, 0);
}

/**
 * Each bucket must contain at least as much as the one before it, and the last one as much as the
 * count.
 */
function expectWholeHistograms(metrics: string): void {
  const name = 'http_server_request_duration_seconds';
  const buckets = [...samples(metrics, `${name}_bucket`)];
  const counts = samples(metrics, `${name}_count`);
  for (const [labels, count] of counts) {
    const own = buckets.filter(([all]) => all.replace(/,?le="[^"]*"$/, '') === labels);
    const values = own.map(([, value]) => value);
    expect(values.length).toBe(15);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values.at(-1)).toBe(count);
  }
}

/**
 * Whether a failed worker can be replaced. In C++ only a process can fail alone; a process for a
 * single connection isn't replaced.
 */
function replacesWorkers({ language, architecture }: Cell): boolean {
  return language === 'typescript' || architecture === 'sharded processes';
}

/** One architecture is enough, since all use the same log; processes write their lines at once. */
function queuesLines({ language, architecture }: Cell): boolean {
  return language === 'cpp' && architecture === 'default';
}

const kOf = (path: string, status: number): string =>
  `http_request_method="GET",http_route="${path}",http_response_status_code="${status}"`;

describe.each(allCells.map((cell) => [nameOf(cell), cell] as const))('%s', (_, cell) => {
  let built: Built;
  let server: Started;
  let admin: ReturnType<typeof asksAdmin>;

  async function start(...flags: readonly string[]): Promise<void> {
    server = await started(built, ...flags);
    admin = asksAdmin(server);
  }

  beforeAll(async () => {
    built = await project(cell);
  }, 1_800_000);

  afterEach(() => server.stop());

  test('counts what clients have done, to the last request', { timeout: 300_000 }, async () => {
    await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const asking = (path: string): Promise<number> =>
      new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', port: server.port, path, agent }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        }).on('error', reject);
      });
    for (let turn = 0; turn < 25; turn += 1) {
      const paths = ['/plaintext', '/json', '/nowhere', '/plaintext'];
      expect(await Promise.all(paths.map(asking))).toEqual([200, 200, 404, 200]);
      if (turn % 10 === 0) {
        const { body } = await admin('/metrics');
        expect(await objectionTo(body)).toBeNull();
        expectWholeHistograms(body);
      }
    }
    let metrics = '';
    await eventually('all requests', async () => {
      metrics = (await admin('/metrics')).body;
      return sum(metrics, 'http_server_request_duration_seconds_count') === 100;
    });
    const counts = samples(metrics, 'http_server_request_duration_seconds_count');
    expect(counts.get(kOf('/plaintext', 200))).toBe(50);
    expect(counts.get(kOf('/json', 200))).toBe(25);
    expect(counts.get(kOf('', 404))).toBe(25);
    expect(sum(metrics, 'hpserver_executor_requests_total')).toBe(100);
    expect(sum(metrics, 'hpserver_connections')).toBe(4);
    expect(sum(metrics, 'hpserver_received_bytes_total')).toBeGreaterThan(100 * 40);
    expect(sum(metrics, 'hpserver_sent_bytes_total')).toBeGreaterThan(100 * 80);
    if (cell.architecture.includes('reactive')) {
      expect(sum(metrics, 'hpserver_queue_wait_seconds_count')).toBeGreaterThanOrEqual(75);
      expect(sum(metrics, 'hpserver_queue_depth')).toBe(0);
    } else {
      expect(metrics).not.toContain('hpserver_queue');
    }
    agent.destroy();
    await eventually('their ends', async () => {
      return sum((await admin('/metrics')).body, 'hpserver_connections') === 0;
    });
    const status = JSON.parse((await admin('/status.json')).body);
    expect(status).toMatchObject({ name: 'guarded', requests: 100, open: 0, ready: true });
    expect(status.process.pid).toBe(server.pid);
    const steps = status.steps.map(({ step }: { step: string }) => step);
    expect(steps.join(' ')).toBe('wait accept read process write');
  });

  test('promtool accepts them while the server is loaded', { timeout: 300_000 }, async () => {
    await start();
    const load = spawn('wrk', ['-t1', '-c8', '-d2s', `http://127.0.0.1:${server.port}/plaintext`]);
    const ended = once(load, 'close');
    let scrapes = 0;
    let last = 0;
    let isLoaded = true;
    void ended.then(() => {
      isLoaded = false;
    });
    while (isLoaded) {
      const { body } = await admin('/metrics');
      expect(await objectionTo(body)).toBeNull();
      expectWholeHistograms(body);
      const now = sum(body, 'http_server_request_duration_seconds_count');
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
      scrapes += 1;
    }
    expect(scrapes).toBeGreaterThan(1);
    expect(last).toBeGreaterThan(0);
  });

  test('only reads', { timeout: 60_000 }, async () => {
    await start();
    for (const path of ['/healthz', '/readyz', '/metrics', '/status', '/status.json']) {
      expect((await admin(path)).status).toBe(200);
      expect((await admin(path, 'HEAD')).status).toBe(200);
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        expect(await admin(path, method)).toMatchObject({ status: 405, allow: 'GET, HEAD' });
      }
    }
    expect((await admin('/elsewhere')).status).toBe(404);
  });

  test('changes what the log holds, in every process', { timeout: 60_000 }, async () => {
    const log = join(built.directory, `level-${process.pid}.log`);
    await start('--log', log, '--log-level', 'error', '--max-connections', '2');
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    const taken = { port: server.port, path: '/plaintext', agent };
    await Promise.all([ask(taken), ask(taken)]);
    /** Refusals are worth a warning, at most once a second. */
    const refusals = async (): Promise<number> => {
      await ask({ port: server.port, path: '/plaintext' }).catch(() => {});
      const text = await readFile(log, 'utf8').catch(() => '');
      return text.split('refused').length - 1;
    };
    for (let tries = 0; tries < 4; tries += 1) expect(await refusals()).toBe(0);
    expect(await admin('/log-level', 'PUT', 'loud')).toMatchObject({ status: 400 });
    expect(await admin('/log-level', 'PUT', 'warn')).toMatchObject({ status: 200, body: 'warn\n' });
    await eventually('a warning', async () => (await refusals()) > 0);
    agent.destroy();
  });

  test('counts what a request that has begun keeps', { timeout: 60_000 }, async () => {
    await start();
    const client = connect(server.port, '127.0.0.1');
    client.write('GET /plaintext HTTP/1.1\r\nHo');
    const used = async () => sum((await admin('/metrics')).body, 'hpserver_pool_used_bytes');
    await eventually('its head', async () => (await used()) >= 16_384);
    client.write('st: a\r\n\r\n');
    await eventually('its end', async () => (await used()) === 0);
    client.destroy();
  });

  test('is answered where all places are taken', { timeout: 60_000 }, async () => {
    // The log in which this is reported has no room, either.
    await start('--max-connections', '1', '--log', '/dev/full');
    const agent = new Agent({ keepAlive: true });
    const url = { port: server.port, path: '/plaintext' };
    expect((await ask({ ...url, agent })).status).toBe(200);
    await eventually('a refusal', async () => {
      return await ask(url).then(
        ({ status }) => status === 503,
        () => true,
      );
    });
    expect((await admin('/healthz')).status).toBe(200);
    const { body } = await admin('/metrics');
    const refused = samples(body, 'hpserver_refused_total');
    expect(refused.get('reason="connections"')).toBeGreaterThan(0);
    await eventually('a lost line', async () => {
      return sum((await admin('/metrics')).body, 'hpserver_log_lines_lost_total') > 0;
    });
    agent.destroy();
  });

  test.runIf(replacesWorkers(cell))(
    'counts a worker that it replaces',
    { timeout: 60_000 },
    async () => {
      await start();
      const restarts = async () =>
        sum((await admin('/metrics')).body, 'hpserver_worker_restarts_total');
      expect(await restarts()).toBe(0);
      await ask({ port: server.port, path: '/fail' }).catch(() => {});
      await eventually('its successor', async () => (await restarts()) > 0);
      await eventually('an answer', async () => {
        const answer = ask({ port: server.port, path: '/plaintext' });
        return (await answer.catch(() => ({ status: 0 }))).status === 200;
      });
      expect(await restarts()).toBe(1);
    },
  );

  test.runIf(queuesLines(cell))(
    'counts lines that a disk was too slow for',
    { timeout: 120_000 },
    async () => {
      const file = join(built.directory, `slow-${process.pid}.log`);
      const slow = ['-e', 'trace=write', '-e', 'inject=write:delay_enter=500000', '-P', file];
      const strace = ['strace', '-D', '-f', '-qqq', '-o', '/dev/null', '--seccomp-bpf', ...slow];
      server = await started(
        { ...built, start: [...strace, ...built.start] },
        '--access-log',
        file,
      );
      admin = asksAdmin(server);
      const client = connect(server.port, '127.0.0.1');
      const thousand = 'GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1000);
      client.resume();
      await eventually('a line too many', async () => {
        if (!client.write(thousand)) await once(client, 'drain');
        return sum((await admin('/metrics')).body, 'hpserver_log_lines_lost_total') > 0;
      });
      client.destroy();
      await rm(file);
    },
  );

  test('is told of the end before the drain', { timeout: 60_000 }, async () => {
    await start('--drain-delay-ms', '600000');
    expect((await admin('/readyz')).status).toBe(200);
    process.kill(server.pid, 'SIGTERM');
    await eventually('no', async () => (await admin('/readyz')).status === 503);
    expect((await admin('/healthz')).status).toBe(200);
    expect((await ask({ port: server.port, path: '/plaintext' })).status).toBe(200);
    // A second signal, sent by `stop`, ends the delay, too.
  });

  test('a UNIX socket is its owner’s alone', { timeout: 60_000 }, async () => {
    const path = join(built.directory, `admin-${process.pid}.sock`);
    await start('--admin', `unix:${path}`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await ask({ socketPath: path, path: '/healthz' })).body).toBe('ok\n');
    await server.stop();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test('off is off', { timeout: 60_000 }, async () => {
    await start('--admin', 'off');
    expect(server.adminPort).toBe(0);
  });
});
