/** Makes one addition: answers its generator's prompts, and runs its actions. */

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
  /** What the guard has refused: a plopfile may not ignore these errors. */
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
    // Plop would fail without prompts, but a generator without prompts just has nothing to ask.
    answers = generator.prompts === undefined ? {} : await generator.runPrompts();
  } catch (thrown) {
    const at = thrown instanceof PromptRefusal ? `prompt ${thrown.prompt}` : 'prompts';
    return { kind: 'refused', stage: 'prompt', at, message: messageOf(thrown) };
  }
  // A copy, because plop adds the data of actions to the answers.
  const given = { ...answers };
  try {
    // Programs that actions start, and relative paths they write to, belong in the project.
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

/** The actions that failed, by index. Comments in the list of actions don't count. */
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

/** The actions, for messages only. If they are a function, plop has already called it itself. */
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
 * The error or, if the action wants to change a file of the user's own, an explanation: actions see
 * only generated files.
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
