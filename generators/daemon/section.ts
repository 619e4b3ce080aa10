/** What a README says of running the server as a daemon: a paragraph per option that was chosen. */

import type { Section } from '../../src/plan/contribution.ts';
import type { BooleanQuestion } from '../../src/spec/question.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
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

/** Null where nothing was chosen that a reader would have to know. */
export function daemonSection(spec: Spec): Section | null {
  const has = ({ key }: BooleanQuestion): boolean => spec.values[key] === true;
  const isCpp = answerOf(spec, 'language') === 'cpp';
  const paragraphs = [
    ...(has(background) || has(pidFile) || has(account) ? [startOf(spec, has)] : []),
    ...(has(background) ? [kBackground] : []),
    ...(has(pidFile) ? [kPidFile] : []),
    ...(has(account) ? [kAccount, ...(hasWorkers(spec) ? [kWorkers] : [])] : []),
    ...(has(chroot) ? [isCpp ? kChroot : [...kChroot, ...kOwnModules]] : []),
    ...(has(limits) ? [kLimits] : []),
    ...(has(notify) ? [kNotify] : []),
    ...(has(reload) ? [reloadOf(spec, has(pidFile))] : []),
    ...(has(upgrade) ? [kUpgrade] : []),
  ];
  if (paragraphs.length === 0) return null;
  const lines = paragraphs.flatMap((paragraph) => ['', ...paragraph]).slice(1);
  return { title: 'Run it as a daemon', lines };
}

/** What starts it, asks it and ends it. */
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
    'SIGHUP has it read its settings anew: deadlines, limits of requests and the level of the log are in',
    'force for connections and requests that begin then. What needs a restart is named in the log, and',
    'settings that cannot be used change nothing. To ask for it, and to hear what has come of it:',
    '',
    '```sh',
    `${program} ${which}`,
    '```',
    '',
    'It ends with 0 when all settings are in force, with 4 when some need a restart, with 2 when they are',
    'wrong, and with 1 when no server answers.',
  ];
}

function hasWorkers({ values }: Spec): boolean {
  return values.language === 'typescript' && values['concurrency.model'] !== 'single';
}

const kBackground: readonly string[] = [
  'With `--daemon` it leaves its terminal and its session, and init adopts it. Whoever starts it waits',
  'until it serves: the exit status is 0 then. If it cannot serve, the status is 1, and the reason stands',
  'on standard error, wherever the log goes. Relative paths are those of the folder in which it was',
  'started; it works in `/` from then on.',
];

const kPidFile: readonly string[] = [
  'The file of `--pid-file` is locked while the server runs: a second start with the same file is refused,',
  'and names the process. One that a crash has left behind is taken over. The server removes its own at',
  'the end, or empties it where its rights no longer let it.',
];

const kAccount: readonly string[] = [
  'Started as root with `--user`, and `--group` if you like, it opens its ports and logs, then becomes',
  'that user for good: groups, group and user in this order, without a way back (`no_new_privs`). It ends',
  'if it could still become root.',
];

const kWorkers: readonly string[] = [
  'Workers start as that user, also when one has failed: it has to be able to read this folder, and to',
  'write the logs. A log that is not there yet is made for it; `chown` one that is.',
];

const kChroot: readonly string[] = [
  'With `--chroot DIR` that folder becomes `/` once the server listens: `--root` has to lie in it, and',
  'logs that are open already need not. It keeps nobody in who is root: name a user as well.',
];

const kOwnModules: readonly string[] = [
  'What your handlers import or open later is looked for in the new root: import it at the start.',
];

const kLimits: readonly string[] = [
  '`--limit-core 0` keeps what clients have sent out of core files, `--limit-memory` bounds the address',
  'space of each process, and `--umask` (027) is what new files and UNIX sockets never grant.',
];

const kUpgrade: readonly string[] = [
  'To put another version in its place, install that where this one lies, then send SIGUSR2: the new one',
  'is started with the same sockets, flags and folder, and once it serves, both do for `--handover-ms`;',
  'then the old one answers what it has, and ends. If the new one fails to serve, the old one goes on, and',
  'says why in its log. SIGHUP to the old one takes the new one back, SIGQUIT ends the old one at once.',
];

const kNotify: readonly string[] = [
  'Where `$NOTIFY_SOCKET` is set, as systemd does for `Type=notify`, it says when it serves and when it',
  'begins to end. Where systemd wants to know that it lives (`WatchdogSec=`), it says so while every loop',
  'moves, those of all threads and processes: one that a handler keeps for half of that time is named in the',
  "log, and systemd starts the server anew. A thread that isn't a loop, as of a pool, is",
  "`--handler-timeout-ms`'s business.",
];
