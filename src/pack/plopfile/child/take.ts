/** One addition: answers its generator's prompts, and runs its actions. */

import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { NodePlopAPI } from 'node-plop';
import { messageOf } from '../../../error.ts';
import type { PlopfilePlace, Refused, Taken, Task } from '../protocol.ts';
import { answerPrompts, PromptRefusal } from './answering.ts';

type Answers = Record<string, unknown>;
interface Failure {
  readonly index: number;
  readonly error: string;
}

export interface Ground {
  readonly place: PlopfilePlace;
  /** The guard's refusals: no plopfile may ignore them. */
  readonly refusals: readonly string[];
}

export async function take(
  plop: NodePlopAPI,
  { generator: name, values }: Extract<Task, { task: 'take' }>,
  { refusals, place }: Ground,
): Promise<Taken | Refused> {
  const generator = plop.getGenerator(name);
  answerPrompts({ plop, values });
  let answers: Answers;
  try {
    // Plop itself insists on prompts; a generator without any has nothing to ask.
    answers = generator.prompts === undefined ? {} : await generator.runPrompts();
  } catch (thrown) {
    const at = thrown instanceof PromptRefusal ? `prompt ${thrown.prompt}` : 'prompts';
    return { kind: 'refused', stage: 'prompt', at, message: messageOf(thrown) };
  }
  // Plop adds the actions' own data to the answers.
  const given = { ...answers };
  try {
    // What actions start, and what they write by relative paths, belongs to the project.
    process.chdir(place.destination);
    const failures = await failuresOf(generator, answers);
    const actions = actionsOf(generator, given);
    const told = failures.map((failure) => {
      const action = actions[failure.index];
      return { ...failure, action, at: targetOf(plop, failure.index, action, given) };
    });
    const isRefused = (error: string): boolean => refusals.some((said) => error.includes(said));
    const grave = told.find(({ action, error }) => !mayFail(action) || isRefused(error));
    if (grave !== undefined) {
      return {
        kind: 'refused',
        stage: 'action',
        at: grave.at,
        message: reasonOf(grave, plop, given, place),
      };
    }
    for (const { at, error } of told)
      console.error(`${name}: ${at} failed, but is allowed to: ${error}`);
    return { kind: 'taken' };
  } catch (thrown) {
    return { kind: 'refused', stage: 'action', at: 'actions', message: messageOf(thrown) };
  }
}

type Generator = ReturnType<NodePlopAPI['getGenerator']>;

/** Comments in the list of actions don't count. */
async function failuresOf(generator: Generator, answers: Answers): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  let index = 0;
  await generator.runActions(answers, {
    onSuccess: () => {
      index += 1;
    },
    onFailure: ({ error, message }) => {
      failures.push({ index, error: String(error || message || 'it failed') });
      index += 1;
    },
    onComment: (text) => console.error(text),
  });
  return failures;
}

/** Only for messages: plop itself has already called a function of the answers. */
function actionsOf({ actions }: Generator, answers: Answers): readonly unknown[] {
  try {
    const list: unknown = typeof actions === 'function' ? actions(answers) : actions;
    return Array.isArray(list) ? list.filter((action) => typeof action !== 'string') : [];
  } catch {
    return [];
  }
}

interface Told extends Failure {
  readonly action: unknown;
}

/**
 * Actions see only what is generated: the user's own files, which they may want to change, are
 * missing.
 */
function reasonOf(
  { error, action }: Told,
  plop: NodePlopAPI,
  answers: Answers,
  place: PlopfilePlace,
) {
  const { path } = Object(action) as Answers;
  if (!error.startsWith('File does not exist') || typeof path !== 'string') return error;
  const target = resolve(place.destination, rendered(plop, path, answers));
  const inside = relative(place.destination, target);
  if (!existsSync(join(place.project, inside))) return error;
  return (
    `it changes "${inside}", which is your own file. Every regenerate repeats additions, and ` +
    'would repeat such a change too, so they can change only generated files'
  );
}

function mayFail(action: unknown): boolean {
  return typeof action === 'object' && (action as Answers).abortOnFail === false;
}

function targetOf(plop: NodePlopAPI, index: number, action: unknown, answers: Answers): string {
  const { type, path, destination } = Object(action) as Answers;
  const target = path ?? destination;
  const words = [
    typeof action === 'function' ? 'function' : String(type),
    ...(typeof target === 'string' ? [rendered(plop, target, answers)] : []),
  ];
  return `action ${index + 1} (${words.join(' ')})`;
}

function rendered(plop: NodePlopAPI, template: string, answers: Answers): string {
  try {
    return plop.renderString(template, answers);
  } catch {
    return template;
  }
}
