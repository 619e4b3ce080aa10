/** Whether handlers run in the loop itself, or on JavaScript threads behind a queue. */

import type { Values } from '../../src/spec/question.ts';

/** These demultiplexers are descriptors themselves, so libuv can watch them. */
const kNestable = ['epoll', 'io_uring', 'sigio'];
const kOwnLoop = ['single', 'half-sync-half-async', 'sharded'];

/** Always true in C++: its handlers are functions of the same program. */
export function runsInline(values: Values): boolean {
  if (values.language !== 'typescript') return true;
  const nests = kNestable.includes(String(values['io.model']));
  return nests && kOwnLoop.includes(String(values['concurrency.model']));
}
