/** What a daemon is told. */

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
  help: 'Go into the background once it serves',
  story: [
    'Whether to go into the background: whoever starts the server waits until it serves, and gets the',
    'reason if it does not. Relative paths are those of the folder in which it was started.',
  ],
};

export const pidFile: Setting = {
  key: 'pid-file',
  group: 'Daemon',
  takes: { kind: 'path', of: 'file', word: 'off', default: 'off' },
  help: 'File that holds the process id while it runs',
  story: [
    'The file that holds the process id while the server runs, or "off". It is locked: a second start',
    'with the same file is refused, and one that a crash has left behind is taken over.',
  ],
};

/** Of a server that may have it from a predecessor, whatever rights it has left. */
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
  takes: { kind: 'text', shape: 'USER', empty: 'who started it', default: '' },
  help: 'User to become once it listens',
  story: [
    'The user and group to become once the server listens and its logs are open: names or numbers. The',
    "server has to be started as root, and can't become root again. Empty: nobody else; the group is",
    "the user's own.",
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
  help: 'Folder that becomes its root directory',
  story: [
    'The folder that becomes "/" for the server once it listens and its logs are open, or "off". The',
    'folder of the static files has to lie in it. It wants root, and a user to become.',
  ],
  check: check('root', 'fault_of_chroot', 'faultOfChroot'),
};

export const limitCore: Setting = {
  key: 'limit-core',
  group: 'Daemon',
  takes: { kind: 'text', shape: 'BYTES', empty: 'as it was', default: '' },
  help: 'Longest core file of a crash; 0: none',
  story: [
    'The longest core file that a crash leaves behind, in bytes; "0": none. A core file holds what',
    'clients have sent. Empty: the limit under which it was started.',
  ],
  check: check('limits', 'fault_of_limit', 'faultOfLimit'),
};

export const limitMemory: Setting = {
  key: 'limit-memory',
  group: 'Daemon',
  takes: { kind: 'text', shape: 'BYTES', empty: 'as it was', default: '' },
  help: 'Address space of a process',
  story: [
    'The most address space of each process, in bytes; beyond it the system refuses memory. Threads',
    'and libraries map more than they use: leave room. Empty: as it was.',
  ],
  check: check('limits', 'fault_of_limit', 'faultOfLimit'),
};

export const umask: Setting = {
  key: 'umask',
  group: 'Daemon',
  takes: { kind: 'text', shape: 'OCTAL', empty: 'as it was', default: '027' },
  help: 'Permissions that new files never get',
  story: [
    'The permissions that new files and UNIX sockets never get, in octal: "027" keeps others out, and',
    'the group from writing. Empty: as it was.',
  ],
  check: check('limits', 'fault_of_umask', 'faultOfUmask'),
};

export const handover: Setting = {
  key: 'handover-ms',
  group: 'Daemon',
  takes: numberShape('ms', 0, 86_400_000, 1_000),
  help: 'For two servers to serve beside each other in an upgrade',
  story: [
    'How long a server and its successor serve beside each other after SIGUSR2, in milliseconds: the',
    'old one ends then, and SIGHUP takes the new one back until then.',
  ],
};
