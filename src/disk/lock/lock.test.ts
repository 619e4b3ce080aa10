import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../../error.ts';
import { sha256 } from '../../tree/hash.ts';
import { withLock } from './lock.ts';

let world = '';
let file = '';
beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(world, '.hpserver/lock');
});
afterEach(() => rmSync(world, { recursive: true, force: true }));

function heldBy(text: string): void {
  mkdirSync(join(world, '.hpserver'));
  writeFileSync(file, text);
}

async function refusal(directory = world): Promise<UserError> {
  const thrown = await withLock(directory, async () => null, { waitMs: 0 }).catch(
    (error: unknown) => error,
  );
  if (thrown instanceof UserError) return thrown;
  throw new Error('not refused', { cause: thrown });
}

describe('the lock', () => {
  test('names its holder while the work goes on, and goes with it', async () => {
    const result = await withLock(world, async () => JSON.parse(readFileSync(file, 'utf8')));
    expect(result).toMatchObject({ pid: process.pid, host: hostname() });
    expect(readdirSync(world)).toEqual([]);
  });

  test('leaves the rest of the state', async () => {
    mkdirSync(join(world, '.hpserver/base'), { recursive: true });
    await withLock(world, async () => {});
    expect(readdirSync(join(world, '.hpserver'))).toEqual(['base']);
  });

  test('goes where the work fails too', async () => {
    await expect(withLock(world, () => Promise.reject(new Error('work')))).rejects.toThrow('work');
    expect(existsSync(file)).toBe(false);
  });

  test('lets one run in at a time, each after its wait', async () => {
    let inside = 0;
    const waits: number[] = [];
    const othersWait = () => expect.poll(() => waits.length).toBe(2);
    const run = () =>
      withLock(
        world,
        async () => {
          expect(++inside).toBe(1);
          await othersWait();
          inside--;
        },
        { onWait: ({ pid }) => waits.push(pid) },
      );
    await Promise.all([run(), run(), run()]);
    expect(waits).toEqual([process.pid, process.pid]);
  });

  test('is refused after the wait, with the other process and the way out', async () => {
    await withLock(world, async () => {
      const error = await refusal();
      expect(error.exitCode).toBe(ExitCode.failure);
      expect(error.message).toContain(`(process ${process.pid} on ${hostname()})`);
      expect(error.issues[0]?.fix).toContain(`remove ${file}`);
    });
  });
});

describe('a lock that is left is taken over if', () => {
  test.each([
    ['its process has died', { pid: 4_194_305, started: '1', host: hostname() }],
    [
      'its number belongs to another process now',
      { pid: process.pid, started: '1', host: hostname() },
    ],
    ['its process has died, and had no /proc', { pid: 4_194_305, started: '', host: hostname() }],
  ])('%s', async (_, holder) => {
    heldBy(JSON.stringify(holder));
    expect(await withLock(world, async () => 'done', { waitMs: 0 })).toBe('done');
    expect(readdirSync(world)).toEqual([]);
  });

  test('its process died before it wrote its name', async () => {
    heldBy('');
    expect((await refusal()).message).toBe('another run is working in this project');
    utimesSync(file, 0, 0);
    expect(await withLock(world, async () => 'done', { waitMs: 0 })).toBe('done');
  });
});

test('a dead lock that another one removes is left to it, unless that was killed too', async () => {
  const dead = JSON.stringify({ pid: 4_194_305, started: '1', host: hostname() });
  heldBy(dead);
  const claim = `${file}.dead-${sha256(dead).slice(0, 16)}`;
  writeFileSync(claim, '');
  const taken = withLock(world, async () => 'done');
  await setTimeout(200);
  expect(readFileSync(file, 'utf8')).toBe(dead);
  utimesSync(claim, 0, 0);
  expect(await taken).toBe('done');
  expect(readdirSync(world)).toEqual([]);
});

/** In the form this version writes. */
function holder(changes: object): string {
  return JSON.stringify({ ...{ pid: 1, started: '1', host: hostname(), beacon: '' }, ...changes });
}

test('a lock of this machine before it was started anew is taken over (P26)', async () => {
  heldBy(holder({ boot: 'earlier', space: 'pid:[1]' }));
  expect(await withLock(world, async () => 'done', { waitMs: 0 })).toBe('done');
});

test('a lock of another namespace, without a beacon, is not taken over (P26)', async () => {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  heldBy(holder({ boot, space: 'pid:[1]' }));
  expect((await refusal()).message).toContain('process 1 on');
});

test('a lock deep below the root has its beacon too (P26)', async () => {
  const deep = join(world, 'deep'.repeat(30), 'deeper'.repeat(20));
  mkdirSync(deep, { recursive: true });
  const { beacon } = await withLock(deep, async () => {
    return JSON.parse(readFileSync(join(deep, '.hpserver/lock'), 'utf8')) as { beacon: string };
  });
  expect(beacon).toMatch(/^lock-\w+$/);
});

test('a lock of another machine is not taken over', async () => {
  heldBy(JSON.stringify({ pid: 1, started: '1', host: 'elsewhere' }));
  expect((await refusal()).message).toContain('(process 1 on elsewhere)');
  expect(existsSync(file)).toBe(true);
});

test('a lock that somebody else has taken meanwhile is left to him', async () => {
  await withLock(world, async () => writeFileSync(file, 'theirs'));
  expect(readFileSync(file, 'utf8')).toBe('theirs');
});

test('a directory that is missing is told', async () => {
  expect((await refusal(join(world, 'missing'))).message).toMatch(/\(ENOENT\)$/);
});

test('a state folder that leads out of the project is not written into', async () => {
  const directory = join(world, 'project');
  mkdirSync(directory);
  symlinkSync('..', join(directory, '.hpserver'));
  const message = '.hpserver is a symbolic link that leads out of the project';
  expect((await refusal(directory)).message).toBe(message);
});
