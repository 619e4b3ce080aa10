/** The files the suite serves: freshly written, with a fixed date in the past. */

import { execFileSync } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Every file's mtime. Older than a minute, so it is a strong validator (RFC 9110, 8.8.2.2). */
export const modified: Date = new Date('2021-03-04T05:06:07Z');

export const secret = 'this must never be served';
export const script: string = 'export const answer = 42;\n'.repeat(100);
export const tail = 'the last bytes of three gibibytes';
export const sparseBytes: number = 3 * 2 ** 30;

/**
 * Bytes that depend on their offset, so a shifted or repeated block is noticed: a key stream,
 * generated at gigabytes a second. See: createCipheriv in Node's crypto.
 */
export function pattern(count: number, seed: string): Buffer {
  const key = createHash('sha256').update(seed).digest().subarray(0, 16);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(count));
}

const sized: Readonly<Record<string, number>> = {
  'empty.bin': 0,
  'one.bin': 1,
  'kib.txt': 1024,
  'medium.bin': 100 * 1024,
  'large.bin': 10 * 1024 * 1024,
};

/** The expected bytes of a file of `sized`. */
export function contents(name: string): Buffer {
  const kept = cache.get(name) ?? pattern(sized[name] ?? 0, name);
  cache.set(name, kept);
  return kept;
}
const cache = new Map<string, Buffer>();

/** Files by type; the body is the name. */
export const typed: Readonly<Record<string, RegExp>> = {
  'page.html': /^text\/html\b/,
  'style.css': /^text\/css\b/,
  'app.js': /^(text|application)\/javascript\b/,
  'app.mjs': /^(text|application)\/javascript\b/,
  'data.json': /^application\/json\b/,
  'picture.svg': /^image\/svg\+xml\b/,
  'picture.png': /^image\/png$/,
  'picture.jpg': /^image\/jpeg$/,
  'picture.webp': /^image\/webp$/,
  'font.woff2': /^font\/woff2$/,
  'module.wasm': /^application\/wasm$/,
  'notes.txt': /^text\/plain\b/,
  'unknown.xyz-abc': /^application\/octet-stream$/,
  'PAGE.HTML': /^text\/html\b/,
};

/** Fills `root` (created if need be); `root/../outside` holds what must stay out of reach. */
export function writePublicTree(root: string): void {
  const outside = join(dirname(root), 'outside');
  mkdirSync(join(root, 'dir', 'deep'), { recursive: true });
  mkdirSync(join(root, 'bare'), { recursive: true });
  mkdirSync(outside, { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), secret);
  for (const name of Object.keys(sized)) writeFileSync(join(root, name), contents(name));
  for (const name of Object.keys(typed)) writeFileSync(join(root, name), name);
  writeFileSync(join(root, 'index.html'), '<h1>root</h1>');
  writeFileSync(join(root, 'dir', 'index.html'), '<h1>dir</h1>');
  writeFileSync(join(root, 'dir', 'deep', 'leaf.txt'), 'leaf');
  writeFileSync(join(root, 'bare', 'file.txt'), 'bare');
  writeFileSync(join(root, 'with space.txt'), 'space');
  writeFileSync(join(root, 'grün.txt'), 'utf-8');
  writeFileSync(join(root, 'a+b&c.txt'), 'plus');
  writeFileSync(join(root, 'packed.js'), script);
  writeFileSync(join(root, 'packed.js.br'), brotliCompressSync(script));
  writeFileSync(join(root, 'packed.js.gz'), gzipSync(script));
  writeFileSync(join(root, 'gzip-only.css'), script);
  writeFileSync(join(root, 'gzip-only.css.gz'), gzipSync(script));
  writeSparse(join(root, 'sparse.bin'));
  symlinkSync('kib.txt', join(root, 'inside-link'));
  symlinkSync('../outside/secret.txt', join(root, 'escape-link'));
  symlinkSync('../outside', join(root, 'escape-dir'));
  symlinkSync(join(outside, 'secret.txt'), join(root, 'absolute-link'));
  symlinkSync('loop', join(root, 'loop'));
  execFileSync('mkfifo', [join(root, 'fifo')]);
  age(root);
}

function writeSparse(path: string): void {
  const fd = openSync(path, 'w');
  ftruncateSync(fd, sparseBytes);
  writeSync(fd, tail, sparseBytes - tail.length);
  closeSync(fd);
}

function age(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) age(path);
    if (entry.isSymbolicLink()) lutimesSync(path, modified, modified);
    else utimesSync(path, modified, modified);
  }
}
