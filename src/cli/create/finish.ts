/** What follows once the files stand: install, first commit, build, next steps. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { indent } from '../../console/text.ts';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { probeAll } from '../../native/probe.ts';
import { type Requirement, requirements } from '../../native/requirements.ts';
import { runCommand } from '../../native/run-command.ts';
import type { Preview } from '../../project.ts';
import { holds } from '../../spec/condition.ts';
import type { Values } from '../../spec/question.ts';
import type { Spec } from '../../spec/spec.ts';
import { showWarnings } from '../issues.ts';
import { firstCommit } from './first-commit.ts';
import { startProgress } from './progress.ts';
import { nextSteps, shellWords } from './report.ts';

export interface Finish {
  readonly build: boolean;
  readonly git: boolean;
}

/**
 * The commit stands between install and build: it holds the lockfile, and nothing that is built.
 */
export async function finish(host: Host, preview: Preview, { build, git }: Finish): Promise<void> {
  const paint = paintFor(host, host.err);
  const lacking = build ? await lackingTools(preview.spec) : null;
  if (lacking !== null) host.err.write(showWarnings(paint, [lacking]));
  const builds = build && lacking === null;
  const installed = builds ? await step(host, preview, 'install') : null;
  const warning = git ? await firstCommit(preview.directory) : null;
  if (warning !== null) host.err.write(showWarnings(paint, [warning]));
  const failed = installed ?? (builds ? await step(host, preview, 'build') : null);
  if (failed !== null) throw new UserError(ExitCode.failure, [failed]);
  host.err.write(nextSteps(paint, host, preview, builds));
}

/** Why a build would fail on this machine; the project is complete without it. */
async function lackingTools({ values }: Spec): Promise<Issue | null> {
  const findings = await probeAll(requirements, 'user');
  const missing = findings.filter(
    ({ status, requirement }) => status !== 'ok' && isRequired(requirement, values),
  );
  if (missing.length === 0) return null;
  const names = missing.map(({ requirement }) => requirement.name).join(', ');
  return {
    at: 'build',
    message: `not built, for this machine lacks: ${names}`,
    fix: 'create-hpserver doctor tells how to install it; then take the next steps',
  };
}

function isRequired({ needs, requiredWhere }: Requirement, values: Values): boolean {
  if (needs.user === 'required') return true;
  return requiredWhere !== undefined && holds(requiredWhere, values);
}

/** Runs one of the project's commands; the problem, where it failed. */
async function step(
  host: Host,
  { directory, commands }: Preview,
  which: 'install' | 'build',
): Promise<Issue | null> {
  const argv = commands[which];
  if (argv === null) return null;
  const words = shellWords(argv);
  host.err.write(`${paintFor(host, host.err).dim(`$ ${words}`)}\n`);
  const progress = startProgress(host, which);
  const { status, tail } = await runCommand(argv, directory, progress.say);
  progress.end(status === 0);
  if (status === 0) return null;
  host.err.write(`${indent(tail.join('\n'), 4)}\n`);
  return {
    at: directory,
    message: `the project is written, but "${words}" failed (its last words stand above)`,
    fix: 'create-hpserver doctor names what is missing on this machine; then run that command there',
  };
}
