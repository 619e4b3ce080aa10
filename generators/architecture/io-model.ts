/** How the server learns that it may read or write: `io.model`, `io.trigger`. */

import type { ChoiceQuestion } from '../../src/spec/question.ts';

export const ioModel: ChoiceQuestion = {
  kind: 'choice',
  key: 'io.model',
  aliases: ['io'],
  group: 'Architecture',
  depth: 'custom',
  title: 'I/O model',
  help: 'How the server waits for its connections: it decides how many one thread can hold.',
  explanation:
    'Synchronous: readiness. Under blocking I/O, select, poll, epoll and SIGIO the kernel says ' +
    'that a socket is ready, and the program then moves the bytes itself, by recv(2) and ' +
    'send(2), which hold it up for as long as that takes. Asynchronous: completion. Under aio ' +
    'and io_uring the program names a buffer and goes on; it is told when the bytes have been ' +
    'moved.',
  default: 'epoll',
  shapesArchitecture: true,
  choices: [
    {
      value: 'blocking',
      label: 'blocking I/O',
      tradeoff: 'The plainest code; each waiting connection occupies a whole thread or process.',
      explanation:
        'The executor sleeps in accept(2), read(2) and write(2) themselves, so the program reads ' +
        'from top to bottom like a script. Choose it for a handful of long, busy connections, or ' +
        'to learn. It ends where idle connections outnumber the threads that the machine can ' +
        'carry. Synchronous: the executor itself moves the bytes, and sleeps until it can.',
    },
    {
      value: 'select',
      label: 'select(2)',
      tradeoff: 'Runs on every UNIX; at most 1,024 descriptors, and every call scans them all.',
      explanation:
        'One call waits for up to FD_SETSIZE (1,024) descriptors; the kernel copies and scans ' +
        'the whole set at every call. Choose it only for portability to very old systems, or to ' +
        'compare. Synchronous: the call tells of readiness, and the program moves the bytes.',
    },
    {
      value: 'poll',
      label: 'poll(2)',
      tradeoff: 'Portable and without the 1,024 limit; every call still scans all descriptors.',
      explanation:
        'As select, with an array in place of bit sets: no fixed limit, yet the cost of each ' +
        'call grows with all connections, not with the busy ones. Good up to some hundreds of ' +
        'connections. Synchronous: the call tells of readiness, and the program moves the bytes.',
    },
    {
      value: 'epoll',
      label: 'epoll(7)',
      tradeoff: 'Cost grows with the busy connections only; Linux, and one system call per read.',
      explanation:
        'The kernel keeps the set of descriptors and returns only those that are ready, so that ' +
        'a hundred thousand idle connections cost nothing but memory. It is the proven choice ' +
        'for a Linux server: nginx, HAProxy, libuv and muduo stand on it. Synchronous: the ' +
        'kernel tells of readiness, and the program moves the bytes itself, by calls that do ' +
        'not block.',
    },
    {
      value: 'sigio',
      label: 'signal-driven I/O (SIGIO)',
      tradeoff: 'No set to scan; signals queue, overflow, and are hard to get right.',
      explanation:
        'The kernel sends a real-time signal that names the ready descriptor (F_SETSIG). When ' +
        'the signal queue overflows, the server has to scan all its connections. Of historical ' +
        'and teaching interest. Synchronous: the signal tells of readiness only, and the program ' +
        'moves the bytes.',
    },
    {
      value: 'aio',
      label: 'POSIX aio(7)',
      tradeoff: 'Portable completion I/O; in glibc a user thread works for each request.',
      explanation:
        'aio_read(3) returns at once and tells of its completion by a signal. glibc runs it on ' +
        'threads of its own, so an idle connection occupies one. Choose it to study the ' +
        'Proactor, not for load. Asynchronous: the signal tells that the bytes have been moved.',
    },
    {
      value: 'io_uring',
      label: 'io_uring(7)',
      tradeoff:
        'True completion I/O, many operations per system call; needs a new, permissive kernel.',
      explanation:
        'Requests and completions travel through two rings that are shared with the kernel: ' +
        'multishot accept and receive, provided buffers and batched submission save system ' +
        'calls. Containers and hardened hosts often forbid it (kernel.io_uring_disabled, ' +
        'seccomp): keep epoll as the way back. Asynchronous: a completion tells that the kernel ' +
        'has moved the bytes.',
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
  help: 'When epoll reports a descriptor: at each change (edge), or while it is ready (level).',
  when: { 'io.model': ['epoll'] },
  default: 'edge',
  shapesArchitecture: true,
  choices: [
    {
      value: 'edge',
      label: 'edge-triggered (EPOLLET)',
      tradeoff: 'Fewest wake-ups; a descriptor has to be read or written until EAGAIN.',
      explanation:
        'A descriptor is reported once per change. Write interest can stand from the beginning, ' +
        'so no epoll_ctl(2) is needed per response; in exchange each handler drains its socket, ' +
        'within a budget that keeps it fair.',
    },
    {
      value: 'level',
      label: 'level-triggered',
      tradeoff: 'The forgiving one: what is left over is reported again; more wake-ups.',
      explanation:
        'A descriptor is reported for as long as it is ready, as poll(2) would. A handler may ' +
        'stop after one read. Write interest has to be switched on and off, which costs an ' +
        'epoll_ctl(2) each time that a response does not fit into the socket buffer.',
    },
  ],
};
