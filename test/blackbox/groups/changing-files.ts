/** Files that change while they are served, and readers that force every send to be short. */

import { execFile } from 'node:child_process';
import {
  appendFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hello, match, probe, request } from '../exchange.ts';
import { compiled } from '../fixtures/compiled.ts';
import { contents, pattern } from '../public-tree.ts';
import type { Answer } from '../response.ts';
import { ask, eventually, patienceMs, withWire } from '../wire.ts';
import type { Check, Group } from '../world.ts';

const mebibyte = 2 ** 20;
const blockBytes = 4096;

let kept: Buffer | null = null;

/** A file larger than all of a connection's socket buffers, so the server is still sending it. */
function largeFile(): Buffer {
  kept ??= pattern(48 * mebibyte, 'changing');
  return kept;
}

/** Compares blocks, most of which are equal, because comparing byte by byte would take a second. */
function isCutVersionOf(whole: Buffer, part: Buffer): boolean {
  for (let at = 0; at < part.length; at += blockBytes) {
    const was = whole.subarray(at, at + blockBytes);
    const block = part.subarray(at, at + blockBytes);
    if (block.equals(was.subarray(0, block.length))) continue;
    if (at < mebibyte) return false;
    if (!block.every((byte, index) => byte === was[index] || byte === 0)) return false;
  }
  return true;
}

/** Compares bytes, because the body may still be the large file: too much to turn into a string. */
function says({ body }: Answer, text: string): boolean {
  return body.equals(Buffer.from(text));
}

const checks: readonly Check[] = [
  {
    name: 'a file that is truncated while it is sent: no padding, the connection ends',
    run: async ({ address, root }) => {
      const path = join(root, 'truncated.bin');
      const bytes = largeFile();
      writeFileSync(path, bytes);
      await withWire(address, [], async (wire) => {
        wire.write(request('GET /truncated.bin'));
        await wire.until('a first part', () => wire.receivedCount > mebibyte);
        wire.pause();
        truncateSync(path, mebibyte);
        wire.resume();
        await wire.until('the end', () => wire.fate !== 'open' || wire.reader.answers.length > 0);
        // The whole file is fine (it was all in memory), and so is a part of it. No other bytes are
        // allowed, except zeros after the cut: pages that sendfile has queued belong to the file
        // itself, and a kernel with large folios clears them when the file is truncated.
        const [answer] = wire.reader.answers;
        if (answer !== undefined) match(answer, { status: 200, body: bytes });
        else if (!isCutVersionOf(bytes, wire.reader.rest)) {
          throw new Error('bytes that were never in the file');
        }
      });
      rmSync(path);
      match(await ask(address, probe), hello);
    },
  },
  {
    name: 'a file that is replaced while it is sent: the old one, whole',
    run: async ({ address, root }) => {
      const path = join(root, 'replaced.bin');
      const bytes = largeFile();
      writeFileSync(path, bytes);
      await withWire(address, [], async (wire) => {
        wire.write(request('GET /replaced.bin'));
        await wire.until('a first part', () => wire.receivedCount > mebibyte);
        wire.pause();
        writeFileSync(`${path}.new`, 'new');
        renameSync(`${path}.new`, path);
        wire.resume();
        match((await wire.answers(1))[0], { status: 200, body: bytes });
      });
      await eventually('the new file', async () => {
        const answer = await ask(address, request('GET /replaced.bin'));
        return says(answer, 'new') ? answer : undefined;
      });
      rmSync(path);
    },
  },
  {
    name: 'a file that grows while it is sent: as long as was promised',
    run: async ({ address, root }) => {
      const path = join(root, 'growing.bin');
      const bytes = largeFile().subarray(0, 24 * mebibyte);
      writeFileSync(path, bytes);
      await withWire(address, [], async (wire) => {
        wire.write(request('GET /growing.bin') + probe);
        await wire.until('a first part', () => wire.receivedCount > mebibyte);
        appendFileSync(path, 'more');
        const answers = await wire.answers(2);
        match(answers[0], { status: 200, body: bytes });
        match(answers[1], hello);
      });
      rmSync(path);
    },
  },
  {
    name: 'a small file that changes is served anew, with a new ETag',
    run: async ({ address, root }) => {
      const path = join(root, 'changing.txt');
      writeFileSync(path, 'first');
      const first = await ask(address, request('GET /changing.txt'));
      match(first, { status: 200, body: 'first' });
      writeFileSync(path, 'second text');
      await eventually('the new text', async () => {
        const fields = [`If-None-Match: ${first.headers.get('etag')}`];
        const answer = await ask(address, request('GET /changing.txt', fields));
        return says(answer, 'second text') ? answer : undefined;
      });
      rmSync(path);
      await eventually('404 after it is gone', async () => {
        const answer = await ask(address, request('GET /changing.txt'));
        return answer.status === 404 ? answer : undefined;
      });
    },
  },
  {
    name: 'a file of the future was modified no later than it is sent (H1)',
    run: async ({ address, root }) => {
      const path = join(root, 'future.txt');
      writeFileSync(path, 'future');
      utimesSync(path, new Date('2040-01-01'), new Date('2040-01-01'));
      for (const field of ['Accept: */*', 'Range: bytes=0-0', 'If-None-Match: *']) {
        const { headers } = await ask(address, request('GET /future.txt', [field]));
        const dates = ['last-modified', 'date'].map((name) => Date.parse(headers.get(name) ?? ''));
        const [modified = Number.NaN, sent = Number.NaN] = dates;
        if (!(modified <= sent)) throw new Error(`${field}: ${headers.get('last-modified')}`);
      }
      rmSync(path);
    },
  },
  {
    name: 'a file that appears is found',
    run: async ({ address, root }) => {
      match(await ask(address, request('GET /appearing.txt')), { status: 404 });
      writeFileSync(join(root, 'appearing.txt'), 'here');
      await eventually('the file', async () => {
        const answer = await ask(address, request('GET /appearing.txt'));
        return says(answer, 'here') ? answer : undefined;
      });
      rmSync(join(root, 'appearing.txt'));
    },
  },
  {
    name: 'a reader with the smallest receive buffer gets every byte',
    run: async ({ address }) => {
      // The client is a C program, which cannot mask its bytes.
      if (!('port' in address) || (address.mask ?? 0) !== 0) return;
      const reader = compiled('slow-reader');
      const { stdout } = await promisify(execFile)(
        reader,
        [address.host, String(address.port), '/medium.bin'],
        { encoding: 'buffer', maxBuffer: mebibyte, timeout: patienceMs },
      );
      const body = stdout.subarray(stdout.indexOf('\r\n\r\n') + 4);
      if (!body.equals(contents('medium.bin'))) throw new Error(`${body.length} bytes differ`);
    },
  },
];

export const changingFiles: Group = {
  name: 'changing files',
  ownServers: false,
  serial: false,
  checks,
};
