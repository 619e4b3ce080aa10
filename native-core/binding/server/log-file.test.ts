import { execFileSync } from 'node:child_process';
import {
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { LogFile } from './log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'log-'));

afterAll(() => rmSync(folder, { recursive: true }));

const lossLine = (count: number, code: string): string => `${count} lost: ${code}\n`;

test('lines that a full disk refuses are counted, and told of once it takes some (S3)', () => {
  const path = join(folder, 'full');
  symlinkSync('/dev/full', path);
  let lostCount = 0;
  const onLost = (lineCount: number): void => {
    lostCount += lineCount;
  };
  const log = new LogFile({ path, lossLine, onLost });
  for (let count = 0; count < 3; count++) log.write('lost\n');
  expect(lostCount).toBe(3);
  rmSync(path);
  log.reopen();
  log.write('written\n');
  expect(readFileSync(path, 'utf8')).toBe('3 lost: ENOSPC\nwritten\n');
});

test('a FIFO whose reader stalls holds nobody up, and its lines come whole (S3)', async () => {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  expect(() => new LogFile({ path, lossLine })).toThrow('ENXIO');
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const log = new LogFile({ path, lossLine });
  const line = `${'x'.repeat(999)}\n`;
  // More than the pipe and our buffer hold.
  for (let count = 0; count < 2000; count++) log.write(line);
  let text = '';
  const buffer = Buffer.alloc(65_536);
  await vi.waitUntil(() => {
    try {
      text += buffer.toString('utf8', 0, readSync(reader, buffer));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
    return text.includes('lost');
  }, 60_000);
  const whole = text.split('\n').filter((each) => each.length === 999).length;
  const lost = Number(/(\d+) lost: EAGAIN/.exec(text)?.[1]);
  expect(lost).toBeGreaterThan(0);
  expect(whole).toBeLessThanOrEqual(2000 - lost);
});

test.each([
  ['a folder', () => folder, 'EISDIR'],
  ['a folder that is missing', () => join(folder, 'missing/log'), 'ENOENT'],
])('%s cannot be a log, and nothing is made (S16)', (_, path, code) => {
  expect(() => new LogFile({ path: path(), lossLine })).toThrow(code);
});
