/**
 * The flow as a plop generator, for repositories that already use plop:
 * `plop.setGenerator('hpserver', hpserver)`.
 */

import { join } from 'node:path';
import type { CustomActionFunction, PlopGeneratorConfig } from 'plop';
import { type Issue, UserError } from '../error.ts';
import { apply, catalog, parse, preview } from '../project.ts';
import { flagOf } from '../spec/flag.ts';
import { withPreset } from '../spec/preset.ts';
import type { Answers } from '../spec/question.ts';
import { kCustomise, promptsOf } from './prompts.ts';

/** Asks what the wizard asks, and writes the server below plop's destination. */
export const hpserver: PlopGeneratorConfig = {
  description: 'a complete high-performance Linux server',
  prompts: [...promptsOf(catalog)],
  actions: [(answers, _, plop) => write(answers, plop.getDestBasePath())],
};

type PlopAnswers = Parameters<CustomActionFunction>[0];

/**
 * Errors: `Error` with every problem and its solution; plop prints the message and exits with 1.
 */
async function write(answers: PlopAnswers, destination: string): Promise<string> {
  try {
    const parsed = parse(answersOf(answers));
    if (!parsed.ok) throw new Error(told(parsed.issues));
    const planned = await preview(parsed.spec, join(destination, String(parsed.spec.values.name)));
    // These answers don't include the additions and packs of the existing project.
    if (planned.before !== null) throw new Error(taken(planned.directory));
    await apply(planned);
    return `${planned.changes.length} files in ${planned.directory}`;
  } catch (thrown) {
    if (thrown instanceof UserError) throw new Error(told(thrown.issues), { cause: thrown });
    throw thrown;
  }
}

/**
 * In plop each question is called by its flag, because a dotted name would become nested objects.
 */
function answersOf(said: PlopAnswers): Answers {
  const given = catalog.questions.flatMap((question) => {
    const value: unknown = said[flagOf(question)];
    return value === undefined ? [] : [[question.key, value] as const];
  });
  const answers = Object.fromEntries(given);
  const { preset } = said;
  return preset === undefined || preset === kCustomise
    ? answers
    : withPreset(answers, String(preset), catalog);
}

function taken(directory: string): string {
  return `${directory} is already a project. To change it, run create-hpserver regenerate`;
}

function told(issues: readonly Issue[]): string {
  return issues.map(({ at, message, fix }) => `${at}: ${message}. ${fix}`).join('\n');
}
