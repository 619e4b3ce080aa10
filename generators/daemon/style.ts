/** How the server will run, which sets the defaults of all finer options. */

import type { ChoiceQuestion } from '../../src/spec/question.ts';

export const style: ChoiceQuestion = {
  kind: 'choice',
  key: 'daemon.style',
  aliases: ['run-as'],
  group: 'Daemon',
  depth: 'basic',
  title: 'How it runs',
  help: 'What starts the server, supervises it and keeps its log (chapter 7 of the book).',
  default: 'foreground',
  choices: [
    {
      value: 'foreground',
      label: 'foreground',
      tradeoff:
        'Started by hand or any supervisor: nothing to set up; privileges and restarts are up to you.',
      explanation:
        'A program that stays where it was started and logs to standard error: right for ' +
        'development, tmux, npm scripts and any supervisor. No daemon code is generated.',
    },
    {
      value: 'container',
      label: 'container',
      tradeoff:
        'Docker, Podman or Kubernetes handles limits, restarts and logs; the image sets the user.',
      explanation:
        'The container runs the process directly, without a PID file or a change of user, and with ' +
        "logs on standard error. The runtime checks the server's health, and stops it with SIGTERM.",
    },
    {
      value: 'systemd',
      label: 'systemd service',
      tradeoff:
        'systemd drops privileges, opens sockets and restarts the server; requires systemd.',
      explanation:
        'What chapter 7 of the book does by hand, systemd does before the program starts: user, ' +
        'limits, root directory, session. The server reports when it is ready (sd_notify) and ' +
        'uses the sockets that systemd has opened (socket activation).',
    },
    {
      value: 'classic',
      label: 'classic daemon',
      tradeoff:
        'Detaches, with its own user and a PID file: works under any init or none; more can go wrong.',
      explanation:
        'Chapter 7 of the book to the letter: two forks and a new session, a PID file, root ' +
        'privileges dropped for good once the sockets are open, limits, a umask. The command ' +
        'that starts the server waits until it is ready, or reports why it cannot start.',
    },
  ],
};
