/** A C++ project with every addition: formatted, built without a warning, tested, queried. */

import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, generate, kClang, type Project, run, Server } from '../cpp-project/project.ts';
import { isInstalled } from '../tools.ts';
import { canLive, initLifeOf, lifeOf } from './package-life.ts';
import { kAdditions, kProtocols } from './some-additions.ts';

let project: Project;

beforeAll(async () => {
  project = await generate('added', { 'pools.connections': 'growing' }, [
    ...kAdditions,
    ...kProtocols,
  ]);
});

afterAll(clean);

function socketOf(name: string): string {
  return join(project.directory, `${name}.sock`);
}

/**
 * Listens on UNIX sockets in a folder of its own, so no other process can have taken the addresses.
 */
function start(): Promise<Server> {
  const chat = ['--listen-chat', `unix:${socketOf('chat')}`];
  return Server.start(project, ...chat, '--listen-sensor-values', `unix:${socketOf('sensors')}`);
}

/** Waits for this many bytes. */
async function received(client: Socket, size: number): Promise<string> {
  let text = '';
  while (text.length < size) {
    const [bytes] = await once(client, 'data');
    text += (bytes as Buffer).toString('latin1');
  }
  return text;
}

/** The project's own sources, without the core's. */
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

  it('builds by clang with all warnings as errors', () => {
    const built = run(project, project.commands.build, kClang);
    expect(built.status, built.output).toBe(0);
    expect(built.output).not.toMatch(/warning/i);
  });

  it('passes its own tests, those of what was added among them', () => {
    const tested = run(project, project.commands.test);
    expect(tested.status, tested.output).toBe(0);
    expect(tested.output).toContain('UserRoute.IsAnswered');
    expect(tested.output).toContain('WithRequestId.NamesEachAnswer');
    expect(tested.output).toContain('ChatFrames.AreTheSameByteByByte');
    expect(tested.output).toContain('SensorValuesProtocol.AnswersEachFrame');
  });

  it('answers at its new routes, through its middleware', async () => {
    const server = await start();
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

  it('speaks its protocols beside HTTP, each at an address of its own', async () => {
    const server = await start();
    const [chat, sensors] = ['chat', 'sensors'].map((name) => connect(socketOf(name)));
    if (chat === undefined || sensors === undefined) throw new Error('there are two');
    chat.write('hello\r\nwor');
    sensors.write(Buffer.from([0, 0, 0, 3, 1, 10, 2]));
    expect(await received(chat, 6)).toBe('hello\n');
    expect(await received(sensors, 7)).toBe('\0\0\0\u0003\u0001\n\u0002');
    chat.write('ld\n');
    expect(await received(chat, 6)).toBe('world\n');
    expect((await fetch(`${server.url}/plaintext`)).status).toBe(200);
    for (const client of [chat, sensors]) client.destroy();
    expect(await server.stop()).toBe(0);
  });

  it.skipIf(!canLive())('is a Debian package that lives', () => {
    const pack = ['cpack', '--config', 'build/release/CPackConfig.cmake', '-B', 'build/debian'];
    const packed = run(project, pack);
    expect(packed.status, packed.output).toBe(0);
    expect(packed.output).not.toMatch(/warning/i);
    expect(lifeOf(join(project.directory, 'build/debian'))).toEqual({ status: 0, failure: '' });
  });

  it.skipIf(!canLive())('lives by its init script', () => {
    expect(initLifeOf(project.directory, 'my-server')).toEqual({ status: 0, failure: '' });
  });

  it.skipIf(!isInstalled('clang-tidy-19'))('has nothing for its own clang-tidy', () => {
    const added = sources().filter((path) => /with_request_id|main|_frames/.test(path));
    const tidy = ['clang-tidy-19', '--quiet', '-p', 'build/release'];
    const files = added.filter((path) => path.endsWith('.cc') && path.startsWith('src/'));
    const { status, output } = run(project, [...tidy, ...files]);
    expect(status, output).toBe(0);
  });
});
