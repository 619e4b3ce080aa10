/** The settings of a daemon. */

import { type Check, numberShape, type Setting } from '../../src/plan/setting.ts';

function check(part: string, cpp: string, typescript: string): Check {
  return {
    cpp: { header: `daemon/${part}.h`, function: cpp },
    typescript: { module: `daemon/${part}`, function: typescript },
  };
}

export const daemon: Setting = {
  key: 'daemon',
  group: 'Daemon',
  takes: { kind: 'switch', default: false },
  help: 'Go into the background once serving',
  story: [
    'Whether to go into the background. The command returns once the server is serving, or fails and',
    'gives the reason. Relative paths start in the folder where you ran the command.',
  ],
};

export const pidFile: Setting = {
  key: 'pid-file',
  group: 'Daemon',
  takes: { kind: 'path', of: 'file', word: 'off', default: 'off' },
  help: 'File to hold the process id',
  story: [
    'The file to hold the process id while the server runs, or "off". It is locked: a second start with',
    'the same file is refused. A file left behind by a crash is taken over.',
  ],
};

/**
 * For a server that may be handed the open file by a predecessor: then it needs no privileges of
 * its own to open it.
 */
export const handedPidFile: Setting = {
  ...pidFile,
  takes: {
    ...{ kind: 'path', of: 'file', word: 'off', default: 'off' },
    given: {
      cpp: { header: 'daemon/pid_file.h', function: 'is_pid_file_given' },
      typescript: { module: 'daemon/predecessor', function: 'isHandedOver' },
    },
  },
};

export const user: Setting = {
  key: 'user',
  group: 'Daemon',
  takes: { kind: 'text', shape: 'USER', empty: 'the user that starts it', default: '' },
  help: 'User to become once listening',
  story: [
    'The user and group to become once the server is listening and its logs are open: names or numbers.',
    "Start the server as root; it can't become root again. If user is empty, the server keeps the user",
    "that started it; if group is empty, it takes the user's own.",
  ],
  check: check('account', 'fault_of_user', 'faultOfUser'),
};

export const group: Setting = {
  key: 'group',
  group: 'Daemon',
  takes: { kind: 'text', shape: 'GROUP', empty: "the user's own", default: '' },
  help: 'Group to become',
  story: [],
  check: check('account', 'fault_of_group', 'faultOfGroup'),
};

export const chroot: Setting = {
  key: 'chroot',
  group: 'Daemon',
  takes: { kind: 'path', of: 'folder', word: 'off', default: 'off' },
  help: 'Folder to become the root directory',
  story: [
    'The folder that becomes "/" once the server is listening and its logs are open, or "off". It must',
    'contain the folder of static files. Start the server as root, and set a user to become.',
  ],
  check: check('root', 'fault_of_chroot', 'faultOfChroot'),
};

export const limitCore: Setting = {
  key: 'limit-core',
  group: 'Daemon',
  takes: { kind: 'text', shape: 'BYTES', empty: 'unchanged', default: '' },
  help: 'Longest core file after a crash; 0: none',
  story: [
    'The longest core file after a crash, in bytes; "0": none. A core file contains what clients have',
    'sent. Empty: the limit that the server was started with.',
  ],
  check: check('limits', 'fault_of_limit', 'faultOfLimit'),
};

export const limitMemory: Setting = {
  key: 'limit-memory',
  group: 'Daemon',
  takes: { kind: 'text', shape: 'BYTES', empty: 'unchanged', default: '' },
  help: 'Maximum address space of a process',
  story: [
    'The most address space that each process may have, in bytes; beyond it, allocations fail. Threads',
    'and libraries map more than they use, so leave room. Empty: unchanged.',
  ],
  check: check('limits', 'fault_of_limit', 'faultOfLimit'),
};

export const umask: Setting = {
  key: 'umask',
  group: 'Daemon',
  takes: { kind: 'text', shape: 'OCTAL', empty: 'unchanged', default: '027' },
  help: 'Permissions that new files never get',
  story: [
    'The permissions that new files and UNIX sockets never get, in octal: "027" denies everything to',
    'others, and writing to the group. Empty: unchanged.',
  ],
  check: check('limits', 'fault_of_umask', 'faultOfUmask'),
};

export const handover: Setting = {
  key: 'handover-ms',
  group: 'Daemon',
  takes: numberShape('ms', 0, 86_400_000, 1_000),
  help: 'Time for which both servers serve during an upgrade',
  story: [
    'How long a server and its successor both serve during an upgrade (SIGUSR2), in milliseconds. Until',
    'that time is over, SIGHUP to the old server cancels the upgrade.',
  ],
};
