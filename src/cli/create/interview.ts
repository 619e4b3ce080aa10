/** Runs the wizard, between the command line before it and the disk after it. */

import path from 'node:path';
import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { interview } from '../../interview/interview.ts';
import type { Offer } from '../../interview/offers.ts';
import type { Engine } from '../../project.ts';
import type { Values } from '../../spec/question.ts';
import type { Spec } from '../../spec/spec.ts';
import { terminalPrompter } from '../../wizard/terminal.ts';
import type { FlagValue } from '../flags.ts';
import { cancelled } from './cancelled.ts';
import { freeName, standingProject } from './directory.ts';
import type { Wish } from './wish.ts';

export interface Decided {
  readonly spec: Spec;
  /** Absolute. */
  readonly directory: string;
  /** The user's answer on the last page; null if the command line had already decided. */
  readonly build: boolean | null;
}

/** Errors: `UserError` (cancelled) for Ctrl-C. */
export async function runInterview(
  host: Host,
  engine: Engine,
  wish: Wish,
  flags: ReadonlyMap<string, FlagValue>,
): Promise<Decided> {
  const directoryOf = (name: string) => wish.directory ?? path.resolve(host.cwd, name);
  const decision = await interview({
    ...engine,
    prompter: terminalPrompter(paintFor(host, host.out)),
    given: givenOf(engine, wish),
    settled: flags.has('preset'),
    endings: endingsOf(flags),
    object: async (key, value) => {
      if (key !== 'name' || wish.directory !== null) return null;
      const taken = (name: string) => standingProject(directoryOf(name), host.cwd);
      const issue = taken(String(value));
      if (issue === null) return null;
      const instead = freeName(String(value), (name) => taken(name) === null);
      return { reason: `${issue.message}. ${issue.fix}`, instead };
    },
  });
  if (decision === null) throw cancelled();
  const parsed = engine.parse(decision.answers, wish.extras);
  if (!parsed.ok) throw new Error(`the wizard let through: ${JSON.stringify(parsed.issues)}`);
  const name = String(parsed.spec.values.name);
  const build = flags.has('build') ? null : decision.ending === 'build';
  return { spec: parsed.spec, directory: directoryOf(name), build };
}

/** The parser has accepted these answers, and returns them as values of the right types. */
function givenOf(engine: Engine, wish: Wish): Values {
  const parsed = engine.parse(wish.answers);
  if (!parsed.ok) throw new Error('the wizard begins with good answers only');
  const keys = Object.keys(wish.answers);
  return Object.fromEntries(
    Object.entries(parsed.spec.values).filter(([key]) => keys.includes(key)),
  );
}

function endingsOf(flags: ReadonlyMap<string, FlagValue>): readonly Offer[] {
  const offer = (value: string, label: string, tradeoff: string): Offer => ({
    value,
    label,
    tradeoff,
    refused: null,
  });
  if (flags.has('dry-run')) return [offer('write', 'Show the plan', 'Writes nothing.')];
  const write = offer('write', 'Create', 'Write the files; install and build later yourself.');
  const build = offer(
    'build',
    'Create and build',
    'Write the files, install dependencies, compile.',
  );
  if (flags.get('build') === true) return [build];
  return flags.get('build') === false ? [write] : [build, write];
}
