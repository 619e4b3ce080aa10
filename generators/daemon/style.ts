/** How the server will run, which sets the defaults of everything finer. */

import type { ChoiceQuestion } from '../../src/spec/question.ts';

export const style: ChoiceQuestion = {
  kind: 'choice',
  key: 'daemon.style',
  aliases: ['run-as'],
  group: 'Daemon',
  depth: 'basic',
  title: 'How will it run?',
  help: 'Who starts the server, watches it and keeps its log (chapter 7 of the book).',
  default: 'foreground',
  choices: [
    {
      value: 'foreground',
      label: 'in the foreground: started by hand, or by anything that keeps its output',
      tradeoff: 'Nothing to set up; you take care of its rights and of starting it again.',
      explanation:
        'A program that stays where it was started and logs to standard error: right for ' +
        'development, tmux, npm scripts and any supervisor. Nothing of a daemon is generated.',
    },
    {
      value: 'container',
      label: 'in a container: Docker, Podman, Kubernetes',
      tradeoff: 'The runtime limits, restarts and logs; the image brings the user and the files.',
      explanation:
        'The container is the process: no background, no PID file, no change of user, logs on ' +
        'standard error. The runtime asks the server whether it is well, and ends it by SIGTERM.',
    },
    {
      value: 'systemd',
      label: 'by systemd: a service of a Linux machine',
      tradeoff: 'systemd drops rights, opens sockets and restarts; it has to be there.',
      explanation:
        'What chapter 7 of the book does by hand, systemd does before the program starts: user, ' +
        'limits, root directory, session. The server tells it when it serves (sd_notify) and takes ' +
        'the sockets that it has opened (socket activation).',
    },
    {
      value: 'classic',
      label: 'as a classic daemon: it detaches itself, with a PID file and a user of its own',
      tradeoff: 'Works under any init or none; the program does by itself what may go wrong.',
      explanation:
        'Chapter 7 of the book as it stands: two forks and a session of its own, a PID file, the ' +
        'rights of root dropped for good once the sockets are open, limits, a umask. Whoever starts ' +
        'it waits until it serves, and gets the reason if it does not.',
    },
  ],
};
