/** A process for one task of a plopfile. */

import { type ChildProcess, fork } from 'node:child_process';
import { basename } from 'node:path';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { childProgram, permissionsFor } from './program.ts';
import { type Outcome, type Place, type Refused, type Task, writableOf } from './protocol.ts';

/** A process that has loaded plop, and waits for its one task. */
export interface Child {
  readonly place: Place;
  readonly process: ChildProcess;
}

/** `npm install` in an action takes its time; more than this is a loop. */
const kMaxMinutes = 10;

/** What the plopfile prints goes to the standard error. The caller ends it by `endChild`. */
export function startChild(place: Place): Child {
  const child = fork(childProgram(), [JSON.stringify(place)], {
    cwd: place.destination,
    env: { ...process.env, TMPDIR: place.scratch },
    execArgv: [...permissionsFor(writableOf(place))],
    // Standard input is open and silent: nobody answers but the addition.
    stdio: ['pipe', 2, 2, 'ipc'],
  });
  return { place, process: child };
}

export function endChild({ process }: Child): void {
  process.kill('SIGKILL');
}

/**
 * `what` is how the user knows the task: `add component`.
 * Errors: `UserError`: usage for a plopfile that cannot be loaded and for answers that it does not
 * take; failure where an action fails, and where it ends the process.
 */
export async function runTask(
  child: Child,
  task: Task,
  what: string,
): Promise<Exclude<Outcome, Refused>> {
  const outcome = await outcomeOf(child, task);
  if (outcome.kind !== 'refused') return outcome;
  const { exitCode, issue } = told(outcome, child.place.plopfile, what);
  throw new UserError(exitCode, [issue]);
}

function told({ stage, at, message }: Refused, plopfile: string, what: string): Told {
  const file = basename(plopfile);
  switch (stage) {
    case 'plopfile':
      return {
        exitCode: ExitCode.usage,
        issue: {
          at,
          message: `the plopfile cannot be loaded: ${message}`,
          fix: `Mend ${plopfile}; what it imports has to be installed there.`,
        },
      };
    case 'prompt':
      return {
        exitCode: ExitCode.usage,
        issue: {
          at: `${file}: ${what}: ${at}`,
          message: `it does not take the answer: ${message}`,
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

function outcomeOf({ place, process: child }: Child, task: Task): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let outcome: Outcome | null = null;
    const watch = setTimeout(() => child.kill('SIGKILL'), kMaxMinutes * 60_000);
    const end = (status: number | null, signal: string | null): void => {
      clearTimeout(watch);
      const how = status === null ? String(signal) : `exit(${status})`;
      resolve(outcome !== null && status === 0 ? outcome : ended(place, task, how));
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

function ended({ plopfile }: Place, task: Task, how: string): Refused {
  const message = `it ended the process before it was done: ${how}`;
  return task.task === 'take'
    ? { kind: 'refused', stage: 'action', at: 'actions', message }
    : { kind: 'refused', stage: 'plopfile', at: basename(plopfile), message };
}
