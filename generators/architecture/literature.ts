/** Where the books explain an architecture: chapters and sections, a row per choice. */

import type { Values } from '../../src/spec/question.ts';
import { rowOf } from './rows.ts';

/** Chapters are named, sections are numbered; null for a book that doesn't cover it. */
export interface Reading {
  /** 游双, 《Linux高性能服务器编程》 (You Shuang, High-Performance Linux Server Programming), 2013. */
  readonly book: string | null;
  /** Schmidt and others, Pattern-Oriented Software Architecture, volume 2, 2000. */
  readonly posa2: string | null;
  /** Stevens and others, UNIX Network Programming, volume 1, third edition, 2003. */
  readonly unp: string | null;
}

type Row = Partial<Reading>;
type Rows = Readonly<Record<string, Row>>;

const kHalfSync = 'chapter 5, Half-Sync/Half-Async';
const kLeader = 'chapter 5, Leader/Followers';

/** The section on I/O models says what each of them waits for. */
const kIoModels: Rows = {
  blocking: { book: '8.3', unp: '6.2' },
  select: { book: '9.1', unp: '6.3' },
  poll: { book: '9.2', unp: '6.10' },
  epoll: { book: '9.3', unp: '6.2, as I/O multiplexing' },
  sigio: { book: '8.3', unp: '6.2, chapter 25' },
  aio: { book: '8.3', unp: '6.2' },
  io_uring: { book: '8.3, as asynchronous I/O', unp: '6.2, as asynchronous I/O' },
};

const kTriggers: Rows = {
  edge: { book: '9.3.3' },
  level: { book: '9.3.3' },
};

/** `direct` has no pattern to read about. */
const kEventPatterns: Rows = {
  direct: {},
  reactor: { book: '8.4.1', posa2: 'chapter 3, Reactor' },
  proactor: { book: '8.4.2', posa2: 'chapter 3, Proactor' },
  'simulated-proactor': { book: '8.4.3' },
};

/** By model, kind of workers and event pattern. */
const kConcurrencyModels: Rows = {
  single: { book: '9.6.2', unp: '6.8' },
  'single thread direct': { unp: '30.4' },
  'per-connection thread': { book: '15.1, on its cost', unp: '30.10' },
  'per-connection process': { book: '13.6.5; 15.1, on its cost', unp: '30.5' },
  'half-sync-half-reactive': { book: '8.5.1, 15.5, 15.6', posa2: kHalfSync, unp: '30.12' },
  'half-sync-half-reactive thread direct': { book: '15.1', unp: '30.11' },
  'half-sync-half-async thread': { book: '8.5.1', posa2: kHalfSync, unp: '30.12' },
  'half-sync-half-async process': { book: '8.5.1, 13.9, 15.3', posa2: kHalfSync, unp: '30.9' },
  'leader-followers thread': { book: '8.5.2', posa2: kLeader, unp: '30.11' },
  'leader-followers process': { book: '8.5.2', posa2: kLeader, unp: '30.8' },
  'sharded thread': { unp: '30.11, with one socket for all' },
  'sharded process': { book: '15.3, with one socket for all', unp: '30.6, likewise' },
};

/** Sections of the book on what a daemon does, by the question that switches it on. */
export const kDaemonSections: Readonly<Record<string, string>> = {
  'daemon.account': '7.2 (user)',
  'daemon.limits': '7.4 (limits)',
  'daemon.chroot': '7.5 (root directory)',
  'daemon.background': '7.6 (background)',
  'daemon.reload': '10.5.1 (SIGHUP)',
};

/** For one answer of a complete architecture; null if none of the books covers it. */
export function readingOf(key: string, values: Values): Reading | null {
  const row = rowFor(key, values);
  const { book = null, posa2 = null, unp = null } = row ?? {};
  return book === null && posa2 === null && unp === null ? null : { book, posa2, unp };
}

function rowFor(key: string, values: Values): Row | undefined {
  const value = String(values[key]);
  switch (key) {
    case 'io.model':
      return kIoModels[value];
    case 'io.trigger':
      return kTriggers[value];
    case 'event.pattern':
      return kEventPatterns[value];
    default:
      return rowOf(kConcurrencyModels, values);
  }
}
