/** What each option of a daemon brings: its settings, its steps, its sources. */

import type { Moment, Step } from '../../src/plan/contribution.ts';
import type { Setting } from '../../src/plan/setting.ts';
import type { Values } from '../../src/spec/question.ts';
import { account, background, chroot, limits, notify, pidFile } from './questions.ts';
import * as settings from './settings.ts';

export interface Part {
  /** Of its files below `src/daemon/`. */
  readonly name: string;
  /** The questions that bring it. */
  readonly keys: readonly string[];
  readonly settings: readonly Setting[];
  readonly steps: readonly Step[];
  /** Headers of the core, below `hpserver/`. */
  readonly core: readonly string[];
  /** What its templates ask for. */
  readonly view?: object;
}

/** Those that the answers want, in the order of the program's life. */
export function partsOf(values: Values): readonly Part[] {
  if (values.language !== 'cpp') return [];
  const has = ({ key }: { readonly key: string }): boolean => values[key] === true;
  const inBackground = has(background);
  const hasRoot = has(chroot);
  return [
    ...(inBackground ? [backgroundPart(values['workers.kind'] === 'process')] : []),
    ...(inBackground || hasRoot ? [pathsPart(inBackground, hasRoot)] : []),
    ...(has(limits) ? [limitsPart] : []),
    ...(has(pidFile) ? [pidFilePart] : []),
    ...(has(notify) ? [supervisorPart] : []),
    ...(hasRoot ? [rootPart] : []),
    ...(has(account) ? [accountPart] : []),
  ];
}

interface Call {
  readonly name: string;
  readonly moment: Moment;
  readonly call: string;
  readonly keeps?: string;
  readonly why?: string;
}

function steps(part: string, ...calls: readonly Call[]): readonly Step[] {
  return calls.map(({ name, moment, ...cpp }) => ({
    name,
    moment,
    cpp: { header: `daemon/${part}.h`, ...cpp },
    typescript: null,
  }));
}

/** Worker processes inherit the streams of the starter: they are let go before the first fork. */
function backgroundPart(forks: boolean): Part {
  const calls: readonly Call[] = forks
    ? [
        {
          name: 'give up the streams',
          moment: 'announced',
          call: 'give_up_streams(*launch, logs)',
        },
        { name: 'tell the starter', moment: 'serving', call: 'tell_starter(*launch)' },
      ]
    : [{ name: 'tell the starter', moment: 'serving', call: 'tell_starter(*launch, logs)' }];
  return {
    name: 'background',
    keys: [background.key, 'workers.kind'],
    settings: [settings.daemon],
    steps: steps(
      'background',
      { name: 'detach', moment: 'configured', call: 'detach(config)', keeps: 'launch' },
      ...calls,
    ),
    core: ['daemon/launch.h'],
    view: { forks },
  };
}

function pathsPart(inBackground: boolean, hasRoot: boolean): Part {
  return {
    name: 'paths',
    keys: [background.key, chroot.key],
    settings: [],
    steps: steps(
      'paths',
      {
        name: 'place paths',
        moment: 'read',
        call: 'place_paths(settings_of(config), surroundings_of(config))',
      },
      { name: 'go there', moment: 'configured', call: 'go_there(surroundings_of(config))' },
    ),
    core: ['base/result.h'],
    view: { inBackground, hasRoot },
  };
}

const limitsPart: Part = {
  name: 'limits',
  keys: [limits.key],
  settings: [settings.limitCore, settings.limitMemory, settings.umask],
  steps: steps('limits', {
    name: 'limit the process',
    moment: 'configured',
    call: 'limit_process(config)',
  }),
  core: ['base/whole_number.h', 'os/limits.h'],
};

const pidFilePart: Part = {
  name: 'pid_file',
  keys: [pidFile.key],
  settings: [settings.pidFile],
  steps: steps('pid_file', {
    name: 'claim the PID file',
    moment: 'configured',
    call: 'claim_pid_file(config)',
    keeps: 'pid_file',
    why: 'hpserver::explain_pid_file_error(pid_file.error(), config.pid_file)',
  }),
  core: ['daemon/pid_file.h'],
};

const supervisorPart: Part = {
  name: 'supervisor',
  keys: [notify.key],
  settings: [],
  steps: steps(
    'supervisor',
    {
      name: 'find the manager',
      moment: 'configured',
      call: 'hpserver::NotifySocket::open()',
      keeps: 'supervisor',
    },
    {
      name: 'have the manager hear the end',
      moment: 'listening',
      call: 'tell_supervisor_of_end(*supervisor, signals)',
    },
    { name: 'tell the manager', moment: 'serving', call: 'tell_supervisor(*supervisor)' },
  ),
  core: ['daemon/notify_socket.h', 'event/signal_hub.h'],
};

const rootPart: Part = {
  name: 'root',
  keys: [chroot.key],
  settings: [settings.chroot],
  steps: steps('root', {
    name: 'change the root',
    moment: 'listening',
    call: 'enter_root(config)',
  }),
  core: ['daemon/root_directory.h'],
};

const accountPart: Part = {
  name: 'account',
  keys: [account.key],
  settings: [settings.user, settings.group],
  steps: steps(
    'account',
    {
      name: 'look up the account',
      moment: 'configured',
      call: 'account_of(config)',
      keeps: 'account',
    },
    { name: 'drop rights', moment: 'listening', call: 'become(*account)' },
  ),
  core: ['daemon/account.h'],
};
