import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Program } from './program.ts';

const kFileBytes = 1024 * 1024;

let program: Program;
let root: string;
const file = randomBytes(kFileBytes);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'public-'));
  await writeFile(join(root, 'file.bin'), file);
  program = await Program.start('--root', root);
});

afterAll(async () => {
  await program.stop();
  await rm(root, { recursive: true });
});

function get(path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${program.url}${path}`, init);
}

test('a text is answered as plain text', async () => {
  const response = await get('/plaintext');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(await response.text()).toBe('Hello, World!');
});

test('a value is answered as JSON', async () => {
  const response = await get('/json');
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toEqual({ message: 'Hello, World!' });
});

test('a body comes back, with its type', async () => {
  const type = 'application/x-test';
  const init = { method: 'POST', body: file, headers: { 'Content-Type': type } };
  const response = await get('/echo', init);
  expect(response.headers.get('content-type')).toBe(type);
  expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true);
});

test('a body that streams comes back', async () => {
  const pieces = ['one ', 'two ', 'three'].map((piece) => Buffer.from(piece));
  const body = ReadableStream.from(pieces);
  const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
  expect(await (await get('/echo', init)).text()).toBe('one two three');
});

test('a handler may answer later', async () => {
  expect(await (await get('/delay/20')).text()).toBe('20 ms later\n');
});

test("a client's mistake is answered as the handler says", async () => {
  const response = await get('/delay/long');
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('a delay is a number');
});

test('a file is sent as it is, and a part of it', async () => {
  const whole = await get('/file.bin');
  expect(Buffer.from(await whole.arrayBuffer()).equals(file)).toBe(true);
  const part = await get('/file.bin', { headers: { Range: 'bytes=10-19' } });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(file.subarray(10, 20))).toBe(true);
});

test('what is not there is a 404, and another method a 405', async () => {
  expect((await get('/nothing')).status).toBe(404);
  const response = await get('/plaintext', { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toContain('GET');
});

test('many clients at once are answered', async () => {
  const answers = Array.from({ length: 200 }, async () => (await get('/plaintext')).text());
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['Hello, World!']));
});

test('a request under way is finished when the server is told to end', async () => {
  const ending = await Program.start('--root', root);
  const slow = fetch(`${ending.url}/delay/300`);
  // A second answer tells that the first request has been read as well.
  await fetch(`${ending.url}/delay/50`);
  const code = ending.stop();
  expect(await (await slow).text()).toBe('300 ms later\n');
  expect(await code).toBe(0);
});
