/** Targets under faults: system calls that fail or do less than requested. */

import { compiled } from './fixtures/compiled.ts';
import type { Target } from './server.ts';

interface Fault {
  readonly name: string;
  /** Absent: any trigger. */
  readonly trigger?: 'level';
  readonly apply: (target: Target) => Target;
}

/** -D keeps the server our child, so signals reach it and not the tracer. */
export function injected(name: string, ...injections: readonly string[]): Fault {
  const calls = injections.map((each) => each.split(':')[0]).join(',');
  const flags = ['-D', '-f', '-qqq', '-o', '/dev/null', '--seccomp-bpf', '-e', `trace=${calls}`];
  const inject = injections.flatMap((each) => ['-e', `inject=${each}`]);
  return {
    name,
    apply: (target) => ({
      ...target,
      name: `${target.name}, ${name}`,
      start: ['strace', ...flags, ...inject, ...target.start],
    }),
  };
}

function preloaded(name: string, environment: Readonly<Record<string, string>>): Fault {
  return {
    name,
    apply: (target) => ({
      ...target,
      name: `${target.name}, ${name}`,
      environment: {
        ...target.environment,
        ...environment,
        LD_PRELOAD: compiled('short-writes'),
        // AddressSanitizer insists on being the first library; the shim only wraps, so it may
        // follow.
        ASAN_OPTIONS: 'verify_asan_link_order=0',
      },
    }),
  };
}

const reads = 'recvfrom,recvmsg,read,readv';
const writes = 'sendto,sendmsg,writev,sendfile';

/**
 * Under these faults, a connection that gets no descriptor or memory may be dropped without an
 * answer.
 */
export const shedding: readonly Fault[] = [
  injected('EMFILE', 'accept4:error=EMFILE:when=3+5'),
  injected('ENFILE', 'accept4:error=ENFILE:when=3+5'),
  injected('ENOMEM', 'accept4:error=ENOMEM:when=3+5'),
  injected('ENOBUFS', 'accept4:error=ENOBUFS:when=3+5'),
];

/**
 * A kernel that reports EAGAIN although there is room or data. Not for edge-triggered loops: they
 * must believe it, and no edge follows, since nothing has changed. See: epoll(7), Q9.
 */
const falseAlarm: Fault = {
  ...injected(
    'EAGAIN',
    'recvfrom,recvmsg:error=EAGAIN:when=3+7',
    `${writes}:error=EAGAIN:when=4+7`,
  ),
  trigger: 'level',
};

export const faults: readonly Fault[] = [
  injected(
    'EINTR',
    'accept4:error=EINTR:when=2+3',
    'recvfrom,recvmsg:error=EINTR:when=3+5',
    `${writes}:error=EINTR:when=4+5`,
    'epoll_wait,epoll_pwait,epoll_pwait2:error=EINTR:when=5+7',
  ),
  falseAlarm,
  injected('ECONNABORTED on accept', 'accept4:error=ECONNABORTED:when=3+5'),
  injected('a slow kernel', `${reads},${writes}:delay_exit=200:when=10+10`),
  preloaded('writes of 7 bytes', { SHORT_WRITE_BYTES: '7' }),
  preloaded('writes of random length', {}),
];
