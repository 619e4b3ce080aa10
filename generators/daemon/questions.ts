/** What a daemon does by itself; `daemon.style` decides which of it is on by default. */

import type { BooleanQuestion, Condition, Question } from '../../src/spec/question.ts';
import { style } from './style.ts';

type Style = 'container' | 'systemd' | 'classic';

const kAsked: Condition = { [style.key]: ['container', 'systemd', 'classic'] };

interface Said {
  readonly key: string;
  readonly title: string;
  readonly help: string;
  readonly explanation: string;
  /** The styles in which the option is on by default. */
  readonly usualIn: readonly Style[];
  /** A condition for asking, besides the style. */
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
  title: 'Run in the background',
  help: 'Adds --daemon: two forks, setsid, and a parent that waits until the server serves.',
  explanation:
    'A daemon has no terminal, and init as its parent (chapter 7; daemon(7)). The parent exits ' +
    'with 0 once the server serves, or with 1 and the reason on its standard error if it cannot.',
  usualIn: ['classic'],
});

export const pidFile: BooleanQuestion = question({
  key: 'pid-file',
  title: 'PID file',
  help: 'Adds --pid-file: a locked file with the process id; a second start is refused.',
  explanation:
    'The lock, not the file, shows that the server is running: a file left behind by a crash is ' +
    'taken over. The server locks its file before it drops privileges, and removes it on exit.',
  usualIn: ['classic'],
});

export const account: BooleanQuestion = question({
  key: 'account',
  title: 'Drop root privileges',
  help: 'Adds --user and --group: starts as root, listens, then drops all privileges for good.',
  explanation:
    'Opening ports below 1024 and log folders takes root; answering requests does not (chapter ' +
    '7). The server sets groups, group and user in this order, and no_new_privs; if it could ' +
    'still become root again, it exits.',
  usualIn: ['classic'],
});

export const chroot: BooleanQuestion = question({
  key: 'chroot',
  title: 'Root directory (chroot)',
  help: 'Adds --chroot: a folder that becomes "/" once logs and sockets are open.',
  explanation:
    'Nothing outside that folder can be reached any more (chapter 7; chroot(2)). The folder of ' +
    'the static files has to be inside it. A chroot does not confine root: use it with --user.',
  usualIn: [],
});

export const limits: BooleanQuestion = question({
  key: 'limits',
  title: 'Process limits',
  help: 'Adds --limit-core, --limit-memory and --umask.',
  explanation:
    'Limits that the server sets for itself and its workers (chapter 7; getrlimit(2)): the size ' +
    'of a core file, the memory it may map, and the permissions new files never get.',
  usualIn: ['classic'],
});

export const socketActivation: BooleanQuestion = question({
  key: 'socket-activation',
  title: 'Socket activation',
  help: 'Serves on sockets that systemd passes (LISTEN_FDS) instead of opening its own.',
  explanation:
    'systemd listens before the server starts and while it restarts: no connection is refused, ' +
    'and the server needs no privilege to open a port below 1024. A socket is used if a setting ' +
    'names its address. See sd_listen_fds(3).',
  usualIn: ['systemd'],
});

export const notify: BooleanQuestion = question({
  key: 'notify',
  title: 'Service manager notification',
  help: 'Tells the service manager that the server is ready, alive or stopping (sd_notify).',
  explanation:
    'The manager starts dependent services once the server is ready, not as soon as it has been ' +
    'forked, and its watchdog is fed as long as every loop runs. Without a manager (no ' +
    '$NOTIFY_SOCKET), nothing is sent. See sd_notify(3).',
  usualIn: ['systemd'],
});

export const reload: BooleanQuestion = question({
  key: 'reload',
  title: 'Reload settings while serving',
  help: 'SIGHUP rereads the settings; adds --reload, which triggers this and reports the result.',
  explanation:
    'Deadlines, request limits and the log level change without a restart, for new connections ' +
    'and requests; settings that need a restart are reported. Invalid settings change nothing ' +
    '(chapter 7; daemon(7)).',
  usualIn: ['container', 'systemd', 'classic'],
});

export const upgrade: BooleanQuestion = question({
  key: 'upgrade',
  title: 'Upgrade without losing requests',
  help: 'SIGUSR2 starts the new program on the same sockets; once it serves, the old one stops.',
  explanation:
    'Both accept for a while (--handover-ms), then the old one answers its requests and exits. ' +
    'If the new one fails to start, nothing changes; SIGHUP to the old one cancels the upgrade. ' +
    'Not available with a chroot: from inside it, the server cannot find the new program.',
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
