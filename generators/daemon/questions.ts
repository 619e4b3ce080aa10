/** What a daemon does by itself; which of it is usual, `daemon.style` says. */

import type { BooleanQuestion, Condition, Question } from '../../src/spec/question.ts';
import { style } from './style.ts';

type Style = 'container' | 'systemd' | 'classic';

const kAsked: Condition = { [style.key]: ['container', 'systemd', 'classic'] };

interface Said {
  readonly key: string;
  readonly title: string;
  readonly help: string;
  readonly explanation: string;
  /** Where it is on by default. */
  readonly usualIn: readonly Style[];
  /** What it wants beside a style. */
  readonly only?: Condition;
}

function question({ key, usualIn, only, ...said }: Said): BooleanQuestion {
  return {
    kind: 'boolean',
    key: `daemon.${key}`,
    group: 'Daemon',
    depth: 'custom',
    ...said,
    when: { ...kAsked, ...only },
    default: false,
    ...(usualIn.length === 0 ? {} : { usual: [{ when: { [style.key]: usualIn }, value: true }] }),
  };
}

export const background: BooleanQuestion = question({
  key: 'background',
  title: 'Go into the background',
  help: 'Adds --daemon: two forks, setsid, and a parent that waits until the server serves.',
  explanation:
    'A daemon has no terminal, and init for a parent (chapter 7; daemon(7)). The parent ends with 0 ' +
    'once the server serves, and with 1 and the reason on its standard error if it does not.',
  usualIn: ['classic'],
});

export const pidFile: BooleanQuestion = question({
  key: 'pid-file',
  title: 'PID file',
  help: 'Adds --pid-file: a locked file with the process id; a second start is refused.',
  explanation:
    'The lock, not the file, says that the server runs: a file that a crash has left behind is ' +
    'taken over. It is locked before rights are dropped, and removed at the end.',
  usualIn: ['classic'],
});

export const account: BooleanQuestion = question({
  key: 'account',
  title: 'User and group of its own',
  help: 'Adds --user and --group: started as root, it listens, then drops all rights for good.',
  explanation:
    'Ports below 1024 and log folders want root, requests do not (chapter 7). Groups, group and user ' +
    'change in this order, no_new_privs is set, and the server proves that it cannot become root ' +
    'again, or ends.',
  usualIn: ['classic'],
});

export const chroot: BooleanQuestion = question({
  key: 'chroot',
  title: 'Root directory of its own',
  help: 'Adds --chroot: a folder that becomes "/" once logs and sockets are open.',
  explanation:
    'What lies outside of that folder cannot be named any more (chapter 7; chroot(2)). The folder of ' +
    'the static files has to lie in it. It keeps nobody in who is root: use it with --user.',
  usualIn: [],
});

export const limits: BooleanQuestion = question({
  key: 'limits',
  title: 'Limits of the process',
  help: 'Adds --limit-core, --limit-memory and --umask.',
  explanation:
    'Limits that the server sets for itself and its workers (chapter 7; getrlimit(2)): the size of a ' +
    'core file, the memory that it may map, and which permissions new files never get.',
  usualIn: ['classic'],
});

export const socketActivation: BooleanQuestion = question({
  key: 'socket-activation',
  title: 'Sockets from systemd',
  help: 'Serves at the sockets that systemd hands over (LISTEN_FDS) instead of opening its own.',
  explanation:
    'systemd listens before the server starts and while it restarts: no connection is refused, and ' +
    'the server needs no right to open a port below 1024. A socket is taken where a setting names its ' +
    'address. See sd_listen_fds(3).',
  usualIn: ['systemd'],
});

export const notify: BooleanQuestion = question({
  key: 'notify',
  title: 'Word to the service manager',
  help: 'Tells $NOTIFY_SOCKET when it serves, that it lives, and when it ends (sd_notify).',
  explanation:
    'The manager starts what depends on the server when it serves, not when it was forked, and its ' +
    'watchdog is fed as long as every loop moves. Without a manager nothing is sent. See sd_notify(3).',
  usualIn: ['systemd'],
});

export const reload: BooleanQuestion = question({
  key: 'reload',
  title: 'Settings that change while it serves',
  help: 'SIGHUP reads the settings anew; adds --reload, which asks for it and tells what came of it.',
  explanation:
    'Deadlines, limits of requests and the level of the log change without a restart, for connections ' +
    'and requests that begin then; what needs a restart is named. Settings that cannot be used change ' +
    'nothing (chapter 7; daemon(7)).',
  usualIn: ['container', 'systemd', 'classic'],
});

export const upgrade: BooleanQuestion = question({
  key: 'upgrade',
  title: 'Upgrade without a lost request',
  help: 'SIGUSR2 starts the new program with the same sockets, and ends the old one once it serves.',
  explanation:
    'Both accept for a while (--handover-ms), then the old one answers what it has and ends. A program ' +
    'that fails to serve changes nothing, and SIGHUP to the old one takes the new one back. A server ' +
    'in a root directory of its own finds no new program there.',
  usualIn: ['systemd', 'classic'],
  only: { not: { [chroot.key]: [true] } },
});

export const daemonQuestions: readonly Question[] = [
  style,
  background,
  pidFile,
  account,
  chroot,
  limits,
  socketActivation,
  notify,
  reload,
  upgrade,
];
