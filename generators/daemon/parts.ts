/** What each option of a daemon brings: its settings, its steps, its sources. */

import type {
  Ability,
  AddonPart,
  Moment,
  NativeProgram,
  Step,
} from '../../src/plan/contribution.ts';
import type { Setting } from '../../src/plan/setting.ts';
import type { Values } from '../../src/spec/question.ts';
import { account, background, chroot, limits, notify, pidFile } from './questions.ts';
import * as settings from './settings.ts';

export interface Part {
  /** The questions that bring it. */
  readonly keys: readonly string[];
  readonly settings: readonly Setting[];
  readonly steps: readonly Step[];
  readonly abilities?: readonly Ability[];
  readonly cpp: {
    /** Of its files below `src/daemon/`. */
    readonly name: string;
    /** Headers of the core, below `hpserver/`. */
    readonly core: readonly string[];
    /** What its templates ask for. */
    readonly view?: object;
    /** Further questions that it depends on. */
    readonly keys?: readonly string[];
  };
  readonly typescript: {
    /** Its files below `src/daemon/`. */
    readonly modules: readonly Module[];
    readonly addon?: AddonPart;
    readonly program?: NativeProgram;
  };
}

export interface Module {
  readonly name: string;
  /** What its template asks for; without one it is the same everywhere. */
  readonly view?: object;
  /** Further questions that it depends on. */
  readonly keys?: readonly string[];
}

/** Those that the answers want, in the order of the program's life. */
export function partsOf(values: Values): readonly Part[] {
  const has = ({ key }: { readonly key: string }): boolean => values[key] === true;
  const inBackground = has(background);
  const hasRoot = has(chroot);
  const hasWorkers = values[kModel] !== 'single';
  return [
    ...(inBackground ? [backgroundPart(values[kWorkers] === 'process')] : []),
    ...(inBackground || hasRoot ? [pathsPart(inBackground, hasRoot)] : []),
    ...(has(limits) ? [limitsPart] : []),
    ...(has(pidFile) ? [pidFilePart] : []),
    ...(has(notify) ? [supervisorPart] : []),
    ...(hasRoot ? [rootPart] : []),
    ...(has(account) ? [accountPart(hasWorkers)] : []),
  ];
}

const kModel = 'concurrency.model';
const kWorkers = 'workers.kind';

interface Call {
  readonly name: string;
  readonly moment: Moment;
  /** What C++ calls; not there where it takes no such step. */
  readonly cpp?: { readonly call: string; readonly keeps?: string; readonly why?: string };
  /** The function of TypeScript. */
  readonly typescript?: string;
  readonly inWorkerProcesses?: string;
}

/** `part` and `module`: where each language has the functions. */
function steps(part: string, module: string, ...calls: readonly Call[]): readonly Step[] {
  return calls.map(({ name, moment, cpp, typescript, inWorkerProcesses }) => ({
    name,
    moment,
    cpp: cpp === undefined ? null : { header: `daemon/${part}.h`, ...cpp },
    typescript:
      typescript === undefined
        ? null
        : {
            module: `daemon/${module}`,
            function: typescript,
            ...(inWorkerProcesses === undefined ? {} : { inWorkerProcesses }),
          },
  }));
}

function addonPart(name: string): AddonPart {
  return { header: `daemon/${name}_calls.h`, define: `add_${name}_calls` };
}

/**
 * Worker processes inherit the streams of the starter: in C++ they are let go before the first
 * fork, in TypeScript each worker lets go once it serves.
 */
function backgroundPart(forks: boolean): Part {
  const calls: readonly Call[] = [
    {
      name: 'detach',
      moment: 'configured',
      cpp: { call: 'detach(config)', keeps: 'launch' },
      typescript: 'detach',
    },
    {
      name: 'tell the starter',
      moment: 'serving',
      cpp: { call: forks ? 'tell_starter(*launch)' : 'tell_starter(*launch, logs)' },
      typescript: 'tellStarter',
      inWorkerProcesses: 'giveUpStreams',
    },
  ];
  const early: Call = {
    name: 'give up the streams',
    moment: 'announced',
    cpp: { call: 'give_up_streams(*launch, logs)' },
  };
  return {
    keys: [background.key],
    settings: [settings.daemon],
    steps: steps('background', 'background', ...calls, ...(forks ? [early] : [])),
    cpp: {
      name: 'background',
      core: ['daemon/launch.h'],
      view: { forks },
      keys: [kWorkers],
    },
    typescript: {
      modules: [{ name: 'background' }],
      addon: addonPart('launch'),
      program: { name: 'launcher', source: 'launcher/launcher.cc' },
    },
  };
}

function pathsPart(inBackground: boolean, hasRoot: boolean): Part {
  const view = { inBackground, hasRoot };
  return {
    keys: [background.key, chroot.key],
    settings: [],
    steps: steps(
      'paths',
      'paths',
      {
        name: 'place paths',
        moment: 'read',
        cpp: { call: 'place_paths(settings_of(config), surroundings_of(config))' },
        typescript: 'placePaths',
      },
      {
        name: 'go there',
        moment: 'configured',
        cpp: { call: 'go_there(surroundings_of(config))' },
        typescript: 'goThere',
      },
    ),
    cpp: { name: 'paths', core: ['base/result.h'], view },
    typescript: { modules: [{ name: 'paths', view }] },
  };
}

const limitsPart: Part = {
  keys: [limits.key],
  settings: [settings.limitCore, settings.limitMemory, settings.umask],
  steps: steps('limits', 'limits', {
    name: 'limit the process',
    moment: 'configured',
    cpp: { call: 'limit_process(config)' },
    typescript: 'limitProcess',
  }),
  cpp: { name: 'limits', core: ['base/whole_number.h', 'os/limits.h'] },
  typescript: { modules: [{ name: 'limits' }], addon: addonPart('limit') },
};

const pidFilePart: Part = {
  keys: [pidFile.key],
  settings: [settings.pidFile],
  steps: steps('pid_file', 'pid-file', {
    name: 'claim the PID file',
    moment: 'configured',
    cpp: {
      call: 'claim_pid_file(config)',
      keeps: 'pid_file',
      why: 'hpserver::explain_pid_file_error(pid_file.error(), config.pid_file)',
    },
    typescript: 'claimPidFile',
  }),
  cpp: { name: 'pid_file', core: ['daemon/pid_file.h'] },
  typescript: { modules: [{ name: 'pid-file' }], addon: addonPart('pid_file') },
};

const supervisorPart: Part = {
  keys: [notify.key],
  settings: [],
  steps: steps(
    'supervisor',
    'supervisor',
    {
      name: 'find the manager',
      moment: 'configured',
      cpp: { call: 'hpserver::NotifySocket::open()', keeps: 'supervisor' },
      typescript: 'findSupervisor',
    },
    {
      name: 'have the manager hear the end',
      moment: 'listening',
      cpp: { call: 'tell_supervisor_of_end(*supervisor, signals)' },
    },
    {
      name: 'tell the manager',
      moment: 'serving',
      cpp: { call: 'tell_supervisor(*supervisor)' },
      typescript: 'tellSupervisor',
    },
  ),
  abilities: ['tells-readiness'],
  cpp: { name: 'supervisor', core: ['daemon/notify_socket.h', 'event/signal_hub.h'] },
  typescript: { modules: [{ name: 'supervisor' }], addon: addonPart('notify') },
};

const rootPart: Part = {
  keys: [chroot.key],
  settings: [settings.chroot],
  steps: steps('root', 'root', {
    name: 'change the root',
    moment: 'listening',
    cpp: { call: 'enter_root(config)' },
    typescript: 'enterRoot',
  }),
  cpp: { name: 'root', core: ['daemon/root_directory.h'] },
  typescript: { modules: [{ name: 'root' }], addon: addonPart('root') },
};

/** `hasWorkers`: whether JavaScript workers start once the rights are dropped. */
function accountPart(hasWorkers: boolean): Part {
  return {
    keys: [account.key],
    settings: [settings.user, settings.group],
    steps: steps(
      'account',
      'rights',
      {
        name: 'look up the account',
        moment: 'configured',
        cpp: { call: 'account_of(config)', keeps: 'account' },
        typescript: 'lookUpAccount',
      },
      {
        name: 'drop rights',
        moment: 'listening',
        cpp: { call: 'become(*account)' },
        typescript: 'dropRights',
      },
    ),
    cpp: { name: 'account', core: ['daemon/account.h'] },
    typescript: {
      modules: [{ name: 'account' }, { name: 'rights', view: { hasWorkers }, keys: [kModel] }],
      addon: addonPart('account'),
    },
  };
}
