/** What follows once the files are written: install, first commit, build, next steps. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { indent } from '../../console/text.ts';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { distribution } from '../../native/distribution.ts';
import { adviceFor } from '../../native/install.ts';
import { isOnline } from '../../native/network.ts';
import { byNpmClient } from '../../native/npm-client.ts';
import { type Finding, probeAll } from '../../native/probe.ts';
import { type Requirement, requirements } from '../../native/requirements.ts';
import { runCommand } from '../../native/run-command.ts';
import type { Preview } from '../../project.ts';
import { holds } from '../../spec/condition.ts';
import type { Values } from '../../spec/question.ts';
import type { Spec } from '../../spec/spec.ts';
import { showWarnings } from '../issues.ts';
import { firstCommit } from './first-commit.ts';
import { startProgress } from './show/progress.ts';
import { nextSteps, shellWords, stepsAfter } from './show/report.ts';

export interface Finish {
  readonly build: boolean;
  /** Why the requested install and build are both skipped. */
  readonly distrust: Issue | null;
  readonly git: boolean;
}

/**
 * The commit comes after the install and before the build: it includes the lockfile, but no build
 * output.
 */
export async function finish(host: Host, preview: Preview, wanted: Finish): Promise<void> {
  const { build, distrust, git } = wanted;
  const paint = paintFor(host, host.err);
  const lacking = distrust ?? (build ? await lackingTools(preview.spec) : null);
  if (lacking !== null) host.err.write(showWarnings(paint, [lacking]));
  const builds = build && lacking === null;
  const installed = builds ? await step(host, preview, 'install') : null;
  const warning = git ? await firstCommit(preview.directory) : null;
  if (warning !== null) host.err.write(showWarnings(paint, [warning]));
  const failed = installed ?? (builds ? await step(host, preview, 'build') : null);
  if (failed !== null) throw new UserError(ExitCode.failure, [failed]);
  host.err.write(nextSteps(paint, host, preview, builds));
}

const kAnd = new Intl.ListFormat('en');

/** Why this machine can't build the project. The project itself is complete. */
export async function lackingTools(
  { values }: Spec,
  findings?: readonly Finding[],
  online: () => Promise<boolean> = () => isOnline(process.env),
): Promise<Issue | null> {
  const all = findings ?? (await probeAll(requirements, 'user'));
  const absent = all.filter(({ status }) => status !== 'ok');
  const required = absent.filter(({ requirement }) => isRequired(requirement, values));
  const fetched = absent.filter(({ requirement }) => isFetched(requirement, values));
  const isCutOff = fetched.length > 0 && !(await online());
  const missing = isCutOff ? [...required, ...fetched] : required;
  if (missing.length === 0) return null;
  const names = kAnd.format(missing.map(({ requirement }) => requirement.name));
  const why = isCutOff ? ', and this machine is offline' : '';
  const { packager } = await distribution();
  return {
    at: 'build',
    message: `Not built: ${names} ${missing.length === 1 ? 'is' : 'are'} missing${why}`,
    fix:
      `Install what is missing: ${adviceFor(missing, packager).join(' && ')}; then run the steps ` +
      'under Next.',
  };
}

function isFetched({ fetchedWhere }: Requirement, values: Values): boolean {
  return fetchedWhere !== undefined && holds(fetchedWhere, values);
}

function isRequired({ needs, requiredWhere }: Requirement, values: Values): boolean {
  if (needs.user === 'required') return true;
  return requiredWhere !== undefined && holds(requiredWhere, values);
}

/** Runs one of the project's commands; returns the problem if it failed. */
async function step(
  host: Host,
  preview: Preview,
  which: 'install' | 'build',
): Promise<Issue | null> {
  const { directory, commands } = preview;
  const own = commands[which];
  if (own === null) return null;
  const argv = byNpmClient(own, host.env);
  const words = shellWords(argv);
  host.err.write(`${paintFor(host, host.err).dim(`$ ${words}`)}\n`);
  const progress = startProgress(host, which);
  const interrupt = untilInterrupted();
  const { status, tail } = await runCommand(
    argv,
    directory,
    progress.say,
    process.env,
    interrupt.signal,
  );
  interrupt.release();
  progress.end(status === 0);
  if (interrupt.signal.aborted) throw interrupted(host, preview, which);
  if (status === 0) return null;
  host.err.write(`${indent(tail.join('\n'), 4)}\n`);
  return {
    at: directory,
    message: `the project was written, but "${words}" failed; its last lines of output are above`,
    fix: 'Check this machine with create-hpserver doctor, then run that command again there.',
  };
}

interface Interrupt {
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/**
 * Ctrl-C stops the running command, and is reported afterwards: the project is already complete.
 */
function untilInterrupted(): Interrupt {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const release = () => void process.off('SIGINT', stop).off('SIGTERM', stop);
  return { signal: controller.signal, release };
}

function interrupted(host: Host, preview: Preview, which: 'install' | 'build'): UserError {
  const { directory } = preview;
  const steps = stepsAfter(host, preview, which === 'build');
  const message = `${which} was interrupted; the project itself is complete`;
  return new UserError(ExitCode.cancelled, [
    { at: directory, message, fix: `To continue later: ${steps.join(' && ')}` },
  ]);
}
