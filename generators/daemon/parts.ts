/** What each daemon option contributes: its settings, its steps, its sources. */

import type { Values } from '../../src/spec/question.ts';
import { addonPart, type Call, kModel, kWorkers, type Part, steps } from './part.ts';
import {
  account,
  background,
  chroot,
  limits,
  notify,
  pidFile,
  reload,
  upgrade,
} from './questions.ts';
import { type AllSettings, reloadPart } from './reload-part.ts';
import * as settings from './settings.ts';
import { upgradePart } from './upgrade-part.ts';

const kNoSettings: AllSettings = { items: [], because: [] };

/**
 * The parts that the answers turn on, in the order of the program's life. `settings`: those of the
 * whole program, for the files that list them.
 */
export function partsOf(values: Values, settings: AllSettings = kNoSettings): readonly Part[] {
  const has = ({ key }: { readonly key: string }): boolean => values[key] === true;
  const inBackground = has(background);
  const hasRoot = has(chroot);
  const hasWorkers = values[kModel] !== 'single';
  const upgrades = has(upgrade);
  return [
    ...(upgrades ? [upgradePart(has(pidFile), has(notify))] : []),
    ...(inBackground ? [backgroundPart(values[kWorkers] === 'process', upgrades)] : []),
    ...(has(reload) ? [reloadPart(values, settings)] : []),
    ...(inBackground || hasRoot ? [pathsPart(inBackground, hasRoot)] : []),
    ...(has(limits) ? [limitsPart] : []),
    ...(has(pidFile) ? [pidFilePart(upgrades)] : []),
    ...(has(notify) ? [supervisorPart(upgrades)] : []),
    ...(hasRoot ? [rootPart] : []),
    ...(has(account) ? [accountPart(hasWorkers)] : []),
  ];
}

/**
 * Worker processes inherit the standard streams of whatever started the server. In C++ the parent
 * releases them before the first fork; in TypeScript each worker does so once it serves.
 */
function backgroundPart(forks: boolean, upgrades: boolean): Part {
  const calls: readonly Call[] = [
    {
      name: 'detach',
      moment: 'configured',
      cpp: {
        call: upgrades ? 'detach(config, *predecessor)' : 'detach(config)',
        keeps: 'launch',
      },
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
      view: { forks, upgrades },
      keys: [kWorkers, upgrade.key],
    },
    typescript: {
      modules: [{ name: 'background', view: { upgrades }, keys: [upgrade.key] }],
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

function pidFilePart(upgrades: boolean): Part {
  const view = { upgrades };
  const keys = [upgrade.key];
  return {
    keys: [pidFile.key],
    settings: [upgrades ? settings.handedPidFile : settings.pidFile],
    steps: steps('pid_file', 'pid-file', {
      name: 'claim the PID file',
      moment: 'configured',
      cpp: {
        call: upgrades ? 'claim_pid_file(config, *predecessor)' : 'claim_pid_file(config)',
        keeps: 'pid_file',
        why: 'hpserver::explain_pid_file_error(pid_file.error(), config.pid_file)',
      },
      typescript: 'claimPidFile',
    }),
    cpp: { name: 'pid_file', core: ['daemon/pid_file.h'], view, keys },
    typescript: { modules: [{ name: 'pid-file', view, keys }], addon: addonPart('pid_file') },
  };
}

function supervisorPart(upgrades: boolean): Part {
  return {
    keys: [notify.key],
    settings: [],
    steps: supervisorSteps,
    abilities: ['tells-readiness'],
    cpp: {
      name: 'supervisor',
      core: [
        ...['concurrency/server_options.h', 'daemon/notify_socket.h', 'event/signal_hub.h'],
        'event/watchdog.h',
      ],
    },
    typescript: {
      modules: [{ name: 'supervisor', view: { upgrades }, keys: [upgrade.key] }],
      addon: addonPart('notify'),
    },
  };
}

const supervisorSteps = steps(
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
    name: 'feed the watchdog',
    moment: 'listening',
    cpp: { call: 'feed_watchdog(*supervisor, *options)' },
  },
  {
    name: 'tell the manager',
    moment: 'serving',
    cpp: { call: 'tell_supervisor(*supervisor)' },
    typescript: 'tellSupervisor',
    takesRunning: true,
  },
);

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

/** `hasWorkers`: whether JavaScript workers start after the privileges are dropped. */
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
