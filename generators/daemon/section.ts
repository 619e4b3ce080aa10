/** The README on running in production: a paragraph per daemon option, and the guide. */

import type { Section } from '../../src/plan/contribution.ts';
import type { BooleanQuestion } from '../../src/spec/question.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { kDaemonSections } from '../architecture/literature.ts';
import {
  account,
  background,
  chroot,
  limits,
  notify,
  pidFile,
  reload,
  socketActivation,
  upgrade,
} from './questions.ts';

/** The paragraph that applies to every server comes last. */
export function daemonSection(spec: Spec): Section {
  const paragraphs = [...optionsOf(spec), ...readingsOf(spec), kDeployment];
  const lines = paragraphs.flatMap((paragraph) => ['', ...paragraph]).slice(1);
  return { title: 'Run it for real', lines };
}

/** A paragraph per option. */
function optionsOf(spec: Spec): readonly (readonly string[])[] {
  const has = ({ key }: BooleanQuestion): boolean => spec.values[key] === true;
  const isCpp = answerOf(spec, 'language') === 'cpp';
  return [
    ...(has(background) || has(pidFile) || has(account) ? [startOf(spec, has)] : []),
    ...(has(background) ? [kBackground] : []),
    ...(has(pidFile) ? [kPidFile] : []),
    ...(has(account) ? [kAccount, ...(hasWorkers(spec) ? [kWorkers] : [])] : []),
    ...(has(chroot) ? [isCpp ? kChroot : [...kChroot, ...kOwnModules]] : []),
    ...(has(limits) ? [kLimits] : []),
    ...(has(socketActivation) ? [kSocketActivation] : []),
    ...(has(notify) ? [kNotify] : []),
    ...(has(reload) ? [reloadOf(spec, has(pidFile))] : []),
    ...(has(upgrade) ? [kUpgrade] : []),
  ];
}

/** What starts it, checks it and stops it. */
function startOf(spec: Spec, has: (question: BooleanQuestion) => boolean): readonly string[] {
  const name = String(answerOf(spec, 'name'));
  const isCpp = answerOf(spec, 'language') === 'cpp';
  const file = `${name}.pid`;
  const command = [
    ...(has(account) ? ['sudo'] : []),
    isCpp ? `build/release/${name}` : `${has(account) ? '"$(which node)"' : 'node'} dist/main.js`,
    ...(has(background) ? ['--daemon'] : []),
    ...(has(pidFile) ? [`--pid-file ${file}`] : []),
    ...(has(account) ? ['--user nobody'] : []),
    ...(has(background) ? [] : ['&']),
  ];
  const end = has(pidFile) ? [`${has(account) ? 'sudo ' : ''}kill "$(cat ${file})"`] : [];
  const ask = 'curl http://127.0.0.1:8080/plaintext';
  return ['```sh', command.join(' '), ask, ...end, '```'];
}

function reloadOf(spec: Spec, hasPidFile: boolean): readonly string[] {
  const name = String(answerOf(spec, 'name'));
  const isCpp = answerOf(spec, 'language') === 'cpp';
  const program = isCpp ? `build/release/${name}` : 'node dist/main.js';
  const which = hasPidFile ? `--pid-file ${name}.pid --reload` : '--reload PID';
  return [
    'SIGHUP makes the server reread its settings. Deadlines, request limits and the log level apply to',
    'connections and requests that begin afterwards. The log names settings that need a restart. Invalid',
    'settings change nothing. To reload and see the outcome:',
    '',
    '```sh',
    `${program} ${which}`,
    '```',
    '',
    'The exit code is 0 if every setting is in force, 4 if some need a restart, 2 if a setting is invalid,',
    'and 1 if no server answers.',
  ];
}

/** Where the book explains the chosen options, if it does. */
function readingsOf({ values }: Spec): readonly (readonly string[])[] {
  const sections = Object.entries(kDaemonSections).flatMap(([key, section]) => {
    return values[key] === true ? [section] : [];
  });
  return sections.length === 0 ? [] : [[`游双 explains this in ${sections.join(', ')}.`]];
}

function hasWorkers({ values }: Spec): boolean {
  return values.language === 'typescript' && values['concurrency.model'] !== 'single';
}

const kBackground: readonly string[] = [
  'With `--daemon` the server detaches from its terminal and session (daemon(7)). The command returns',
  'once the server is serving, with exit code 0. If it fails, the exit code is 1 and standard error gives',
  'the reason, wherever the log goes. Relative paths start in the folder where you ran the command; the',
  'server itself works in `/`.',
];

const kPidFile: readonly string[] = [
  'The file given as `--pid-file` stays locked while the server runs. A second start with the same file',
  'is refused, and the message names the running process. A file left behind by a crash is taken over.',
  'The server removes its file when it stops, or empties it if it may no longer remove it.',
];

const kAccount: readonly string[] = [
  'Start it as root with `--user` (and `--group`, if you like). It opens its ports and logs, then becomes',
  'that user for good: it sets groups, group and user in this order, and `no_new_privs`. If it could still',
  'become root again, it stops.',
];

const kWorkers: readonly string[] = [
  'Workers start as that user, and so do their replacements, so the user must be able to read this folder',
  'and write the logs. The server creates a missing log for the user; `chown` one that exists.',
];

const kChroot: readonly string[] = [
  'With `--chroot DIR` that folder becomes `/` once the server is listening. It must contain `--root`;',
  'logs, already open, may lie elsewhere. Root can break out of a chroot, so set `--user` too.',
];

const kOwnModules: readonly string[] = [
  'Handlers can then import and open only what is in the new root: import modules at startup.',
];

const kLimits: readonly string[] = [
  '`--limit-core 0` prevents core files, which would contain what clients have sent. `--limit-memory`',
  'limits the address space of each process. `--umask` (027) lists the permissions that new files and',
  'UNIX sockets never get.',
];

const kSocketActivation: readonly string[] = [
  'When systemd passes sockets (`LISTEN_FDS`), the server listens on them: a passed socket replaces the',
  'one it would open at the same address. See sd_listen_fds(3).',
];

const kUpgrade: readonly string[] = [
  'To upgrade, install the new version in place of this one, then send SIGUSR2. The new server starts with',
  'the same sockets, flags and folder. Once it is serving, both serve for `--handover-ms`; then the old one',
  'finishes its requests and stops. If the new one fails to start, the old one carries on and logs the',
  'reason. During the handover, SIGHUP to the old one cancels the upgrade, and SIGQUIT stops the old one',
  'at once.',
];

const kNotify: readonly string[] = [
  'If `$NOTIFY_SOCKET` is set (systemd, `Type=notify`), the server reports when it is ready and when it',
  'begins to stop. If systemd sets a watchdog (`WatchdogSec=`), the server also reports regularly that it',
  'is alive, as long as every loop keeps moving, in all threads and processes. If a handler blocks a loop',
  'for half of `WatchdogSec`, the log names the loop and the reports stop; unless the loop moves again in',
  'time, systemd restarts the server. Threads of a pool are not loops: `--handler-timeout-ms` covers them.',
];

const kDeployment: readonly string[] = [
  '`npx create-hpserver add deploy` adds the files to deploy the server with: a systemd unit, an init',
  'script, a container image, Kubernetes manifests or a Debian package. The guide "Run it for real" of',
  'create-hpserver (`docs/guide/run-it-for-real.md`) takes a server from a new project to an installation',
  'that you monitor, reconfigure and upgrade while it serves.',
];
