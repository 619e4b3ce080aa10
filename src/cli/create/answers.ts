/**
 * Gathers the answers of a run: flags > `--set` > `--answers` > preset. Checks their form, not
 * their meaning.
 */

import { type Issue, messageOf, UserError } from '../../error.ts';
import type { Catalog } from '../../plan/catalog.ts';
import { isRecord } from '../../record.ts';
import { type DraftExtras, kNoDraftExtras } from '../../spec/draft.ts';
import { flagOf } from '../../spec/flag.ts';
import { migrate } from '../../spec/parse/migrate.ts';
import { withPreset } from '../../spec/preset.ts';
import type { Answers } from '../../spec/question.ts';
import { reservedIn, reservedIssue } from '../../spec/words/reserved.ts';
import type { FlagValue } from '../flags.ts';

export interface Gathered {
  readonly answers: Answers;
  /** What a project's `hpserver.json` holds besides its answers. */
  readonly extras: DraftExtras;
  readonly issues: readonly Issue[];
}

type Questions = Pick<Catalog, 'questions' | 'rules' | 'presets'>;

/** `file` is the text read for `--answers`, or null without it. */
export function gatherAnswers(
  catalog: Questions,
  flags: ReadonlyMap<string, FlagValue>,
  file: string | null,
): Gathered {
  const layers = [
    file === null ? nothing : fromFile(file),
    fromSet(flags.get('set')),
    fromFlags(catalog, flags),
  ];
  const answers = Object.fromEntries(layers.flatMap((layer) => Object.entries(layer.answers)));
  const issues = layers.flatMap((layer) => layer.issues);
  const { extras } = layers[0] ?? nothing;
  const preset = flags.get('preset');
  if (typeof preset !== 'string') return { answers, extras, issues };
  try {
    return { answers: withPreset(answers, preset, catalog), extras, issues };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { answers, extras, issues: [...issues, ...error.issues] };
  }
}

const nothing: Gathered = { answers: {}, extras: kNoDraftExtras, issues: [] };

function refused(issue: Issue): Gathered {
  return { ...nothing, issues: [issue] };
}

/** Nested or dotted: `{"io": {"model": "epoll"}}` means the same as `{"io.model": "epoll"}`. */
function fromFile(text: string): Gathered {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = messageOf(error);
    const fix = 'Write one JSON object, such as {"language": "cpp", "io": {"model": "epoll"}}.';
    return refused({ at: '--answers', message: `this is not valid JSON: ${reason}`, fix });
  }
  const reserved = reservedIn(document);
  if (reserved !== null) return refused(reservedIssue('--answers', reserved));
  if (!isRecord(document)) {
    const fix = 'Write {"language": "cpp"} instead of a list or a single value.';
    return refused({ at: '--answers', message: 'the answers are not a JSON object', fix });
  }
  if (!isWish(document)) return flatten(document);
  const { answers, ...extras } = migrate(document);
  return { ...flatten(answers), extras };
}

/** A project's `hpserver.json` is also a file of answers. */
function isWish(document: object): boolean {
  return 'version' in document && 'values' in document;
}

function flatten(document: object): Gathered {
  const answers = new Map<string, unknown>();
  const issues: Issue[] = [];
  const visit = (value: unknown, key: string): void => {
    if (isRecord(value)) {
      for (const [name, inner] of Object.entries(value)) visit(inner, `${key}.${name}`);
      return;
    }
    const dotted = key.slice(1);
    if (answers.has(dotted)) {
      const message = `"${dotted}" is given twice, nested and dotted`;
      issues.push({ at: '--answers', message, fix: 'Keep one of them.' });
    }
    answers.set(dotted, value);
  };
  visit(document, '');
  return { ...nothing, answers: Object.fromEntries(answers), issues };
}

function fromSet(given: FlagValue | undefined): Gathered {
  const answers = new Map<string, string>();
  const issues: Issue[] = [];
  for (const pair of Array.isArray(given) ? given : []) {
    const [key, value] = split(pair);
    if (value === undefined || key === '') {
      const message = `"${pair}" is not KEY=VALUE`;
      issues.push({ at: '--set', message, fix: 'Write --set io.model=epoll, for example.' });
      continue;
    }
    if (answers.has(key) && answers.get(key) !== value) {
      const message = `--set gives two values for "${key}": ${answers.get(key)} and ${value}`;
      issues.push({ at: '--set', message, fix: 'Keep one of them.' });
    }
    answers.set(key, value);
  }
  return { ...nothing, answers: Object.fromEntries(answers), issues };
}

function split(pair: string): readonly [string, string | undefined] {
  const at = pair.indexOf('=');
  return at === -1 ? [pair, undefined] : [pair.slice(0, at), pair.slice(at + 1)];
}

function fromFlags({ questions }: Questions, flags: ReadonlyMap<string, FlagValue>): Gathered {
  const entries = questions.flatMap((question) => {
    const value = flags.get(flagOf(question));
    return value === undefined ? [] : [[question.key, value] as const];
  });
  return { ...nothing, answers: Object.fromEntries(entries) };
}
