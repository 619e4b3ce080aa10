/** Servers under strace: their calls to the kernel. */

import type { Target } from '../blackbox/server.ts';

/**
 * The target under strace, which writes a summary of calls to `file` when the target has exited.
 */
export function counted(target: Target, calls: string, file: string): Target {
  // -D keeps the server our child, so signals reach it and not the tracer.
  const flags = ['-D', '-f', '-c', '-qqq', '-o', file, '-e', `trace=${calls}`];
  return {
    ...target,
    name: `${target.name}, counted`,
    start: ['strace', ...flags, ...target.start],
  };
}

/** The target under strace, which writes the calls of `threads` to `file` as they return. */
export function watched(
  target: Target,
  threads: 'first' | 'all',
  calls: readonly string[],
  file: string,
): Target {
  const flags = ['-D', ...(threads === 'all' ? ['-f'] : []), '-o', file];
  return {
    ...target,
    name: `${target.name}, watched`,
    start: ['strace', ...flags, '-e', `trace=${calls.join()}`, ...target.start],
  };
}

/** `90.11    0.01    2      4711        12 futex` */
export function callsIn(summary: string): ReadonlyMap<string, number> {
  const lines = summary.matchAll(/^ *[\d.]+ +[\d.]+ +\d+ +(\d+) +(?:\d+ +)?(\w+)$/gm);
  return new Map([...lines].map(([, count, name = '']) => [name, Number(count)]));
}
