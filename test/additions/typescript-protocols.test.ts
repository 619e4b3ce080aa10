/** Protocols of TypeScript projects, with handlers in the loop and behind a queue. */

import { once } from 'node:events';
import { copyFile, symlink, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate, type Project } from '../typescript-project/projects.ts';
import { Server } from '../typescript-project/server.ts';
import { kProtocols } from './some-additions.ts';

const kArchitectures = [
  { 'io.model': 'epoll', 'concurrency.model': 'half-sync-half-async' },
  { 'io.model': 'poll', 'concurrency.model': 'half-sync-half-reactive' },
];

let first: Project | null = null;

afterAll(() => first?.remove());

describe.each(kArchitectures)('protocols by $["io.model"]', (answers) => {
  let project: Project;
  let server: Server;
  const hasQueue = answers['concurrency.model'] === 'half-sync-half-reactive';
  const sockets: Socket[] = [];

  beforeAll(async () => {
    project = await generate(answers, kProtocols);
    if (first === null) {
      first = project;
      await project.run('npm', 'install', '--no-audit', '--no-fund');
    } else {
      await symlink(join(first.directory, 'node_modules'), join(project.directory, 'node_modules'));
    }
    expect(await project.run('npm', 'run', 'build')).not.toMatch(/warning:/i);
  });

  afterAll(async () => {
    if (project !== first) await project.remove();
  });

  test('the project is formatted, and passes its own tests', async () => {
    expect(await project.run('npm', 'run', 'check')).toContain('No fixes applied');
    const tested = await project.run('npm', 'test');
    for (const name of ['chat', 'sensor-values']) {
      expect(tested).toContain(`test/${name}-protocol.test.ts`);
    }
  });

  describe('with a handler of its own', () => {
    beforeAll(async () => {
      const handler = new URL('./fixtures/chat.ts.txt', import.meta.url);
      await copyFile(handler, join(project.directory, 'src/protocols/chat.ts'));
      await project.run('npm', 'run', 'build:server');
      server = await start();
    });

    afterAll(async () => {
      for (const socket of sockets) socket.destroy();
      expect(await server.stop()).toBe(0);
    });

    test('frames at once and later are answered in their order', async () => {
      const lines = Array.from({ length: 300 }, (_, index) => {
        return index % 3 === 0 ? `later line ${index}` : `line ${index}`;
      });
      const client = await connected('chat');
      client.write(`${lines.join('\n')}\nsilence\nlater silence\nlast\n`);
      const expected = `${lines.join('\n').replaceAll('later ', '')}\nlast\n`;
      expect(await received(client, expected.length)).toBe(expected);
    });

    test('frames are the same wherever they are split', async () => {
      const input = 'one\r\nlater two\n\nthree\n';
      const client = await connected('chat');
      for (let split = 1; split < input.length; ++split) {
        client.write(input.slice(0, split));
        // Once this request has been answered, the server has read the first part.
        await (await fetch(`${server.url}/plaintext`)).text();
        client.write(input.slice(split));
        expect(await received(client, 15)).toBe('one\ntwo\n\nthree\n');
      }
    });

    test('binary frames come back as they are', async () => {
      const client = await connected('sensor-values');
      const frames = [Buffer.from([0, 255, 10, 13, 128]), Buffer.alloc(0), Buffer.alloc(65_536, 7)];
      const input = Buffer.concat(frames.flatMap((frame) => [prefixOf(frame), frame]));
      client.write(input);
      expect(await received(client, input.length)).toBe(input.toString('latin1'));
    });

    test.each([
      ['that throws', 'throw sync', 'sync on purpose'],
      ['that rejects', 'later throw async', 'async on purpose'],
    ])('a handler %s ends its connection, with a line in the log', async (_, line, reason) => {
      const client = await connected('chat');
      client.write(`before\n${line}\nafter\n`);
      expect(await received(client, Number.POSITIVE_INFINITY)).toBe('before\n');
      expect(await server.logged(reason)).toContain('chat from');
    });

    test.each(['bye', 'later bye'])('"%s" is the last answer', async (line) => {
      const client = await connected('chat');
      client.write(`${line}\nafter\n`);
      expect(await received(client, Number.POSITIVE_INFINITY)).toBe('bye\n');
    });

    test('a frame that is too long ends its connection', async () => {
      const client = await connected('chat');
      client.write(`before\n${'x'.repeat(65_537)}`);
      expect(await received(client, Number.POSITIVE_INFINITY)).toBe('before\n');
    });

    test('who does not read is waited for, and gets everything', async () => {
      const client = await connected('chat');
      const asked = 200;
      client.write('bytes 100000\n'.repeat(asked));
      // Meanwhile other clients are served.
      const other = await connected('chat');
      other.write('later other\n');
      expect(await received(other, 6)).toBe('other\n');
      expect((await fetch(`${server.url}/plaintext`)).status).toBe(200);
      const all = await received(client, asked * 100_001);
      expect(all.length).toBe(asked * 100_001);
    });

    test('a worker that fails is replaced, and nobody waits for its answers', async () => {
      const client = await connected('chat');
      client.write('crash\n');
      expect(await received(client, Number.POSITIVE_INFINITY)).toBe('');
      await server.logged('a worker has failed');
      const next = await connected('chat');
      next.write('later here again\n');
      expect(await received(next, 11)).toBe('here again\n');
    });

    test.runIf(hasQueue)('frames that a full queue has no place for are refused', async () => {
      const full = await start('full-', '--workers', '1', '--queue-capacity', '2');
      const [file, asked, closed] = [join(project.directory, 'unblock'), 'line\n', ''];
      const blocker = await connected('full-chat');
      blocker.write(`block ${file}\n`);
      await full.logged(`blocked by ${file}`);
      const clients = await Promise.all([1, 2, 3].map(() => connected('full-chat')));
      for (const client of clients) client.write(asked);
      const answers = clients.map((client) => received(client, asked.length));
      await full.logged('a frame was refused because the queue is full');
      // HTTP requests have a queue of their own.
      const requests = [1, 2, 3].map(() => fetch(`${full.url}/plaintext`));
      await full.logged('a request was refused because the queue is full: 503 for GET /plaintext');
      // Files need no JavaScript, so clients that ask for a file are served meanwhile.
      for (let count = 0; count < 10; count++) expect((await fetch(full.url)).status).toBe(200);
      await writeFile(file, '');
      expect((await Promise.all(answers)).sort()).toEqual([closed, asked, asked]);
      const statuses = (await Promise.all(requests)).map(({ status }) => status);
      expect(statuses.sort()).toEqual([200, 200, 503]);
      expect(await received(blocker, 10)).toBe('unblocked\n');
      blocker.write(asked);
      expect(await received(blocker, asked.length)).toBe(asked);
      blocker.destroy();
      expect(await full.stop()).toBe(0);
    });

    test('a drain answers what is under way, and nothing after it', async () => {
      const ending = await start('ending-');
      const client = await connected('ending-chat');
      client.write('one\nslow two\nthree\n');
      expect(await received(client, 4)).toBe('one\n');
      const code = ending.stop();
      expect(await received(client, Number.POSITIVE_INFINITY)).toBe('two\n');
      expect(await code).toBe(0);
    });
  });

  /**
   * Listens on UNIX sockets in a folder of its own, so no other process can have taken the
   * addresses.
   */
  function start(prefix = '', ...flags: readonly string[]): Promise<Server> {
    const listen = ['chat', 'sensor-values'].flatMap((name) => {
      return [`--listen-${name}`, `unix:${socketOf(prefix + name)}`];
    });
    return Server.start(project.directory, ...listen, ...flags);
  }

  function socketOf(name: string): string {
    return join(project.directory, `${name}.sock`);
  }

  async function connected(name: string): Promise<Socket> {
    const socket = connect(socketOf(name));
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }
});

/** Reads this many bytes, or as many as arrive before the end; nothing beyond them is read. */
async function received(client: Socket, size: number): Promise<string> {
  let text = '';
  for await (const bytes of client.iterator({ destroyOnReturn: false })) {
    text += (bytes as Buffer).toString('latin1');
    if (text.length >= size) break;
  }
  return text;
}

function prefixOf(frame: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(frame.length);
  return length;
}
