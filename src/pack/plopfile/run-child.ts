/** A process for a single plopfile task. */

import { type ChildProcess, fork } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { childProgram, permissionsFor } from './program.ts';
import {
  type Outcome,
  type PlopfilePlace,
  type Refused,
  type Task,
  writableOf,
} from './protocol.ts';

/** A process that has loaded plop, and waits for its one task. */
export interface Child {
  readonly place: PlopfilePlace;
  readonly process: ChildProcess;
}

/** An action may run `npm install`, which takes time; anything longer than this is a loop. */
const kMaxMilliseconds = 10 * 60_000;

/** What the plopfile prints goes to standard error. The caller stops it with `endChild`. */
export function startChild(place: PlopfilePlace): Child {
  const cwd = dirname(place.plopfile);
  // npm puts the user's current folder in INIT_CWD, and a shell puts its own in PWD.
  const where = { TMPDIR: place.scratch, INIT_CWD: place.destination, PWD: cwd };
  const child = fork(childProgram(), [JSON.stringify(place)], {
    cwd,
    env: { ...process.env, ...where },
    execArgv: [...permissionsFor(writableOf(place))],
    // Standard input is open but silent: only the addition gives answers.
    stdio: ['pipe', 2, 2, 'ipc'],
  });
  return { place, process: child };
}

export function endChild({ process }: Child): void {
  process.kill('SIGKILL');
}

/**
 * `what` is the task as the user knows it: `add component`. Errors: `UserError`: usage for a
 * plopfile that cannot be loaded and for answers it does not accept; failure if an action fails or
 * exits the process.
 */
export async function runTask(
  child: Child,
  task: Task,
  what: string,
  maxMilliseconds: number = kMaxMilliseconds,
): Promise<Exclude<Outcome, Refused>> {
  const outcome = await outcomeOf(child, task, maxMilliseconds);
  if (outcome.kind !== 'refused') return outcome;
  const { exitCode, issue } = told(outcome, child.place, what);
  throw new UserError(exitCode, [issue]);
}

function told({ stage, at, message: said }: Refused, place: PlopfilePlace, what: string): Told {
  const { plopfile, destination } = place;
  const file = basename(plopfile);
  // The user knows the project's files, not the temporary folder in which they are.
  const message = said.replaceAll(`${destination}/`, '').replaceAll('\n -> ', ': ');
  switch (stage) {
    case 'plopfile':
      return {
        exitCode: ExitCode.usage,
        issue: {
          at,
          message: `cannot load the plopfile: ${message}`,
          fix: `Fix ${plopfile}; whatever it imports must be installed there.`,
        },
      };
    case 'prompt':
      return {
        exitCode: ExitCode.usage,
        issue: {
          at: `${file}: ${what}: ${at}`,
          message: `it does not accept the answer: ${message}`,
          fix: 'Give another answer.',
        },
      };
    case 'action':
      return {
        exitCode: ExitCode.failure,
        issue: {
          at: `${file}: ${what}: ${at}`,
          message,
          fix: 'Nothing was written. Change the answers, the project or the plopfile.',
        },
      };
  }
}

interface Told {
  readonly exitCode: ExitCode;
  readonly issue: Issue;
}

function outcomeOf(
  { place, process: child }: Child,
  task: Task,
  maxMilliseconds: number,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let outcome: Outcome | null = null;
    const watch = setTimeout(() => {
      outcome = ended(place, task, `it ran for more than ${maxMilliseconds / 1000} s`);
      child.kill('SIGKILL');
    }, maxMilliseconds);
    const end = (status: number | null, signal: string | null): void => {
      clearTimeout(watch);
      const isWhole = outcome?.kind === 'refused' || status === 0;
      const how = `it ended the process: ${status === null ? signal : `exit(${status})`}`;
      resolve(outcome !== null && isWhole ? outcome : ended(place, task, how));
    };
    child.once('message', (message) => {
      outcome = message as Outcome;
      child.disconnect();
    });
    child.once('error', reject);
    child.once('exit', end);
    if (child.exitCode !== null || child.signalCode !== null) {
      end(child.exitCode, child.signalCode);
    } else {
      child.send(task);
    }
  });
}

function ended({ plopfile }: PlopfilePlace, task: Task, message: string): Refused {
  return task.task === 'take'
    ? { kind: 'refused', stage: 'action', at: 'actions', message }
    : { kind: 'refused', stage: 'plopfile', at: basename(plopfile), message };
}
