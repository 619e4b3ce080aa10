/** What is measured: one row per kind of traffic. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type RowId =
  | 'tiny'
  | 'pipelined'
  | 'file-1k'
  | 'file-100k'
  | 'file-10m'
  | 'connect'
  | 'many'
  | 'idle';

export interface Row {
  readonly id: RowId;
  readonly title: string;
  readonly path: string;
  /** Connections that wrk holds open; for `idle`, how many just stay open. */
  readonly connections: number;
  /** More arguments for wrk. */
  readonly wrk: readonly string[];
}

export const rows: readonly Row[] = [
  { id: 'tiny', title: 'tiny, keep-alive', path: '/plaintext', connections: 64, wrk: [] },
  {
    id: 'pipelined',
    title: 'pipelined × 16',
    path: '/plaintext',
    connections: 64,
    wrk: ['-s', join(import.meta.dirname, 'wrk', 'pipeline.lua')],
  },
  { id: 'file-1k', title: 'file, 1 KiB', path: '/1k.bin', connections: 64, wrk: [] },
  { id: 'file-100k', title: 'file, 100 KiB', path: '/100k.bin', connections: 64, wrk: [] },
  { id: 'file-10m', title: 'file, 10 MiB', path: '/10m.bin', connections: 16, wrk: [] },
  {
    id: 'connect',
    title: 'connection per request',
    path: '/plaintext',
    connections: 64,
    wrk: ['-H', 'Connection: close'],
  },
  { id: 'many', title: 'tiny, 8,000 connections', path: '/plaintext', connections: 8_000, wrk: [] },
  { id: 'idle', title: 'idle connections', path: '/plaintext', connections: 10_000, wrk: [] },
];

/** Writes the files the rows need; incompressible, so compression can't cheat. */
export function writeFiles(root: string): void {
  mkdirSync(root, { recursive: true });
  for (const [name, kibibytes] of [
    ['1k', 1],
    ['100k', 100],
    ['10m', 10 * 1024],
  ] as const) {
    const bytes = Buffer.alloc(kibibytes * 1024);
    let state = 1;
    for (let index = 0; index < bytes.length; index += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      bytes[index] = state >>> 16;
    }
    writeFileSync(join(root, `${name}.bin`), bytes, { mode: 0o644 });
  }
}
