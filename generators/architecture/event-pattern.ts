/** Who performs the I/O once it is possible: `event.pattern`. */

import type { ChoiceQuestion } from '../../src/spec/question.ts';

export const eventPattern: ChoiceQuestion = {
  kind: 'choice',
  key: 'event.pattern',
  aliases: ['event'],
  group: 'Architecture',
  depth: 'custom',
  title: 'Event pattern',
  help: 'Who reads from and writes to the sockets: the handler, an I/O loop, or the kernel.',
  explanation:
    'Synchronous: readiness. The kernel reports that a socket is ready, and the program moves ' +
    'the bytes: the executor itself (direct), the handler (Reactor), or the I/O loop on behalf ' +
    'of the workers (simulated Proactor). Asynchronous: completion. In a Proactor, the kernel ' +
    'has already moved the bytes when it reports.',
  default: 'reactor',
  shapesArchitecture: true,
  choices: [
    {
      value: 'direct',
      label: 'direct (no dispatcher)',
      tradeoff: 'Nothing to learn; works only with blocking I/O.',
      explanation:
        'There is no demultiplexer: the executor that serves a connection calls read(2), the ' +
        'handler and write(2) in turn, and blocks in them. Synchronous: it moves the bytes ' +
        'itself.',
    },
    {
      value: 'reactor',
      label: 'Reactor',
      tradeoff: 'The handler also reads and writes; no copying or handing over of bytes.',
      explanation:
        'The loop waits for readiness and calls the handler of the ready descriptor, which ' +
        'reads, processes and writes. It is the natural pattern for select, poll and epoll ' +
        '(POSA2, chapter 3). Synchronous: the event reports readiness, and the handler moves the ' +
        'bytes.',
    },
    {
      value: 'proactor',
      label: 'Proactor',
      tradeoff:
        'The kernel reads and writes; handlers see whole results; buffers stay pinned meanwhile.',
      explanation:
        'The program starts operations, the kernel performs them, and the handler is called when ' +
        'they complete. This needs a completion source: io_uring or POSIX aio (POSA2, chapter ' +
        '3). Asynchronous: the event reports that the bytes have been moved.',
    },
    {
      value: 'simulated-proactor',
      label: 'simulated Proactor',
      tradeoff: 'Workers see whole requests over any readiness model; one loop moves all bytes.',
      explanation:
        'The I/O loop reads and writes; workers only process. Handlers never touch sockets, ' +
        'which suits long computations; with large transfers, the loop is the bottleneck. ' +
        'Synchronous: the loop moves the bytes itself, and only the workers see completions.',
    },
  ],
};
