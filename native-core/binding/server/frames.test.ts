import { AsyncLocalStorage } from 'node:async_hooks';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Connection, listeners, serveFrames, withProtocols } from './frames.ts';
import { frames } from './native-frames.ts';

vi.mock('./native-frames.ts', () => ({
  frames: { layOutFrames: vi.fn(), serveFrames: vi.fn(), answerFrame: vi.fn() },
}));

const kOptions = {
  listen: ['127.0.0.1:8080'],
  backlog: 511,
  maxConnections: 'auto',
  protocols: { chat: ['127.0.0.1:9000', 'unix:/run/chat.sock'], feed: ['127.0.0.1:9001'] },
} as const;

beforeEach(() => vi.clearAllMocks());

test('protocols are listened for behind HTTP, in their order', () => {
  expect(withProtocols({ ...kOptions, queueCapacity: 7 }).listen).toEqual([
    '127.0.0.1:8080',
    '127.0.0.1:9000',
    'unix:/run/chat.sock',
    '127.0.0.1:9001',
  ]);
  const placed = [
    { name: 'chat', addresses: 2 },
    { name: 'feed', addresses: 1 },
  ];
  expect(frames.layOutFrames).toHaveBeenCalledWith(placed, 7);
});

test('what a server listens at is told apart', () => {
  const urls = ['http://[::1]:80', 'http://127.0.0.1:1', 'unix:/run/chat.sock', 'http://[::1]:2'];
  expect(listeners(urls, kOptions)).toEqual({
    http: ['http://[::1]:80'],
    beside: ['chat on 127.0.0.1:1', 'chat on unix:/run/chat.sock', 'feed on [::1]:2'],
  });
});

test('a protocol without a handler is a mistake of the project', () => {
  expect(() => serveFrames({ chat: () => null }, kOptions, () => {})).toThrow('feed');
});

/** What the core gets when a frame is handled: at once, and later. */
async function handled(chat: (frame: Buffer, connection: Connection) => never | string | null) {
  const errors: string[] = [];
  const later = async (frame: Buffer, connection: Connection) => chat(frame, connection);
  serveFrames({ chat, feed: later }, kOptions, (_, where) => errors.push(where));
  const [onFrame] = vi.mocked(frames.serveFrames).mock.lastCall ?? [];
  const now = onFrame?.(0, 1, Buffer.from('hello'), '127.0.0.1:5');
  expect(onFrame?.(1, 2, Buffer.from('hello'), '127.0.0.1:5')).toBeUndefined();
  await new Promise((resolve) => setImmediate(resolve));
  return { now, told: vi.mocked(frames.answerFrame).mock.calls, errors };
}

test('an answer is given back at once, or told when it is there', async () => {
  expect(await handled((frame) => `${frame} back`)).toEqual({
    now: 'hello back',
    told: [[2, 'hello back', false]],
    errors: [],
  });
  vi.clearAllMocks();
  expect(await handled(() => null)).toEqual({ now: null, told: [[2, null, false]], errors: [] });
});

test('the last answer says that it is', async () => {
  const { now, told } = await handled((_, connection) => {
    connection.close();
    return `goodbye, ${connection.peer}`;
  });
  expect(now).toBeUndefined();
  expect(told).toEqual([
    [1, 'goodbye, 127.0.0.1:5', true],
    [2, 'goodbye, 127.0.0.1:5', true],
  ]);
});

test('what fails ends the connection, and is reported', async () => {
  const { now, told, errors } = await handled(() => {
    throw new Error('on purpose');
  });
  expect(now).toBe(false);
  expect(told).toEqual([[2, null, true]]);
  expect(errors).toEqual(['chat from 127.0.0.1:5', 'feed from 127.0.0.1:5']);
});

test('what a handler enters is no other’s (T2), even of a frame that its answer lets in', async () => {
  const users = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const chat = async () => {
    seen.push(users.getStore());
    users.enterWith('alice');
    return null;
  };
  serveFrames({ chat, feed: chat }, kOptions, () => {});
  const [onFrame] = vi.mocked(frames.serveFrames).mock.lastCall ?? [];
  vi.mocked(frames.answerFrame).mockImplementationOnce(() => {
    onFrame?.(1, 2, Buffer.from('hello'), '127.0.0.1:5');
  });
  onFrame?.(0, 1, Buffer.from('hello'), '127.0.0.1:5');
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual([undefined, undefined]);
});
