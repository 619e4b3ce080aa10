/** How the server learns that it can read or write: `io.model`, `io.trigger`. */

import type { ChoiceQuestion } from '../../src/spec/question.ts';

export const ioModel: ChoiceQuestion = {
  kind: 'choice',
  key: 'io.model',
  aliases: ['io'],
  group: 'Architecture',
  depth: 'custom',
  title: 'I/O model',
  help: 'How the server waits for its connections; this decides how many one thread can serve.',
  explanation:
    'Synchronous: readiness. With blocking I/O, select, poll, epoll and SIGIO, the kernel ' +
    'reports that a socket is ready, and the program then moves the bytes itself with recv(2) ' +
    'and send(2), which take up its time. Asynchronous: completion. With aio and io_uring, the ' +
    'program names a buffer and moves on; it is told when the bytes have been moved.',
  default: 'epoll',
  shapesArchitecture: true,
  choices: [
    {
      value: 'blocking',
      label: 'blocking I/O',
      tradeoff: 'The plainest code; each waiting connection occupies a whole thread or process.',
      explanation:
        'The executor blocks in accept(2), read(2) and write(2) themselves, so the program reads ' +
        'from top to bottom like a script. Choose it for a handful of long, busy connections, or ' +
        'to learn. It reaches its limit when idle connections outnumber the threads the machine ' +
        'can carry. Synchronous: the executor itself moves the bytes, and blocks until it can.',
    },
    {
      value: 'select',
      label: 'select(2)',
      tradeoff: 'Runs on every UNIX; limited to 1,024 descriptors, and every call scans them all.',
      explanation:
        'One call waits for up to FD_SETSIZE (1,024) descriptors; the kernel copies and scans ' +
        'the whole set on every call. Choose it only for portability to very old systems, or for ' +
        'comparison. Synchronous: the call reports readiness, and the program moves the bytes.',
    },
    {
      value: 'poll',
      label: 'poll(2)',
      tradeoff: 'Portable and without the 1,024 limit; every call still scans all descriptors.',
      explanation:
        'Like select, but with an array instead of bit sets: no fixed limit, yet the cost of ' +
        'each call grows with all connections, not just the busy ones. Good for up to a few ' +
        'hundred connections. Synchronous: the call reports readiness, and the program moves the ' +
        'bytes.',
    },
    {
      value: 'epoll',
      label: 'epoll(7)',
      tradeoff: 'Cost grows with busy connections only; Linux-only, one system call per read.',
      explanation:
        'The kernel keeps the set of descriptors and returns only the ready ones, so a hundred ' +
        'thousand idle connections cost nothing but memory. It is the proven choice for a Linux ' +
        'server: nginx, HAProxy, libuv and muduo are built on it. Synchronous: the kernel ' +
        'reports readiness, and the program moves the bytes itself with non-blocking calls.',
    },
    {
      value: 'sigio',
      label: 'signal-driven I/O (SIGIO)',
      tradeoff: 'No set to scan; signals queue, overflow, and are hard to get right.',
      explanation:
        'The kernel sends a real-time signal that names the ready descriptor (F_SETSIG). When ' +
        'the signal queue overflows, the server has to scan all its connections. Mainly of ' +
        'historical and educational interest. Synchronous: the signal only reports readiness, ' +
        'and the program moves the bytes.',
    },
    {
      value: 'aio',
      label: 'POSIX aio(7)',
      tradeoff: 'Portable completion I/O; glibc emulates it with a user thread per request.',
      explanation:
        'aio_read(3) returns immediately and signals its completion. glibc runs it on threads of ' +
        'its own, so each idle connection occupies a thread. Choose it to study the Proactor, ' +
        'not for heavy load. Asynchronous: the signal reports that the bytes have been moved.',
    },
    {
      value: 'io_uring',
      label: 'io_uring(7)',
      tradeoff:
        'True completion I/O, many operations per system call; needs a recent, permissive kernel.',
      explanation:
        'Requests and completions travel through two rings shared with the kernel: multishot ' +
        'accept and receive, provided buffers and batched submission save system calls. ' +
        'Containers and hardened hosts often forbid it (kernel.io_uring_disabled, seccomp): keep ' +
        'epoll as a fallback. Asynchronous: a completion reports that the kernel has moved the ' +
        'bytes.',
    },
  ],
};

export const ioTrigger: ChoiceQuestion = {
  kind: 'choice',
  key: 'io.trigger',
  aliases: ['trigger'],
  group: 'Architecture',
  depth: 'custom',
  title: 'epoll trigger',
  help: 'When epoll reports a descriptor: on each change (edge), or while it is ready (level).',
  when: { 'io.model': ['epoll'] },
  default: 'edge',
  shapesArchitecture: true,
  choices: [
    {
      value: 'edge',
      label: 'edge-triggered (EPOLLET)',
      tradeoff: 'Fewest wake-ups; you must read or write a descriptor until EAGAIN.',
      explanation:
        'A descriptor is reported once per change. Write interest can be registered from the ' +
        'start, so no epoll_ctl(2) is needed per response; in return, each handler must drain ' +
        'its socket, within a budget that is fair to other connections.',
    },
    {
      value: 'level',
      label: 'level-triggered',
      tradeoff: 'More forgiving: unread data is reported again; more wake-ups.',
      explanation:
        'A descriptor is reported as long as it is ready, as with poll(2). A handler may stop ' +
        'after one read. Write interest has to be switched on and off, which costs an ' +
        'epoll_ctl(2) whenever a response does not fit into the socket buffer.',
    },
  ],
};
