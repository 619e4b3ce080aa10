/**
 * Checks whether a value is a possible answer to a question. A text from the command line is
 * parsed.
 */

import type { Issue } from '../../error.ts';
import { kNone } from '../choices.ts';
import { flagOf } from '../flag.ts';
import type {
  BooleanQuestion,
  ChoiceQuestion,
  MultiQuestion,
  NumberQuestion,
  PathQuestion,
  Question,
  TextQuestion,
  Value,
} from '../question.ts';
import { nearest } from '../words/nearest.ts';
import { slugOf } from '../words/slug.ts';

export type Checked =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly issue: Issue };

/** The raw answer as a value of the question's kind, or what is wrong with it. */
export function checkValue(question: Question, raw: unknown): Checked {
  switch (question.kind) {
    case 'choice':
      return checkChoice(question, raw);
    case 'multi':
      return checkMulti(question, raw);
    case 'text':
      return checkText(question, raw);
    case 'path':
      return checkPath(question, raw);
    case 'number':
      return checkNumber(question, raw);
    case 'boolean':
      return checkBoolean(question, raw);
  }
}

function checkChoice(question: ChoiceQuestion, raw: unknown): Checked {
  const values = question.choices.map((choice) => choice.value);
  const found = values.find((value) => value === raw);
  return found === undefined ? noChoice(question, raw, 'one of') : good(found);
}

/** Accepts a list, or its words in a text: `stderr,file`. */
function checkMulti(question: MultiQuestion, raw: unknown): Checked {
  const words = typeof raw === 'string' ? wordsIn(raw) : raw;
  const values = question.choices.map((choice) => choice.value);
  if (!Array.isArray(words)) return noChoice(question, raw, 'any of');
  const stray = words.find((word) => !values.includes(word));
  if (stray !== undefined) return noChoice(question, stray, 'any of');
  return good(values.filter((value) => words.includes(value)));
}

function wordsIn(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed === '' || trimmed === kNone ? [] : trimmed.split(',').map((word) => word.trim());
}

function noChoice(
  question: ChoiceQuestion | MultiQuestion,
  raw: unknown,
  which: 'one of' | 'any of',
): Checked {
  const values = question.choices.map((choice) => choice.value);
  const meant = typeof raw === 'string' ? nearest(raw, values) : null;
  const orNone = which === 'any of' ? `, separated by commas, or ${kNone}` : '';
  const list = `Choose ${which}: ${values.join(', ')}${orNone}.`;
  const fix = meant === null ? list : didYouMean(question, meant);
  return bad(question, `${show(raw)} is not a choice of ${question.key}`, fix);
}

/** The longest Linux accepts, excluding the final NUL. */
const kMaxPathBytes = 4095;

/** What a path may not contain: it has a special meaning in configuration files and shells. */
const kMarks = /[\p{C}"'`\\$]/u;

function checkPath(question: PathQuestion, raw: unknown): Checked {
  if (typeof raw !== 'string' || raw === '') {
    return bad(question, `${show(raw)} is not a path`, 'Give the path of a file or a folder.');
  }
  if (Buffer.byteLength(raw) > kMaxPathBytes) {
    return bad(question, `${question.key} is too long`, `Use at most ${kMaxPathBytes} bytes.`);
  }
  if (kMarks.test(raw)) {
    const fix = 'Use printable characters, without quotes, backslashes and $.';
    return bad(question, `${show(raw)} is not a valid ${question.key}`, fix);
  }
  if (question.absolute && !raw.startsWith('/')) {
    const fix = 'Give an absolute path, starting with /.';
    return bad(question, `${show(raw)} is not a valid ${question.key}`, fix);
  }
  return good(raw);
}

function checkText(question: TextQuestion, raw: unknown): Checked {
  if (typeof raw !== 'string') {
    return bad(question, `${question.key} must be text, not ${show(raw)}`, 'Give it as text.');
  }
  if (question.maxLength !== undefined && raw.length > question.maxLength) {
    const length = `${raw.length} characters, but ${question.maxLength} are allowed`;
    return bad(question, `${question.key} has ${length}`, 'Choose a shorter one.');
  }
  if (!fits(question, raw)) {
    const meaning = question.patternMeaning ?? `what matches ${question.pattern}`;
    const slug = slugOf(raw);
    const offer = slug !== null && fits(question, slug) ? `, such as ${slug}` : '';
    return bad(question, `${show(raw)} is not a valid ${question.key}`, `Use ${meaning}${offer}.`);
  }
  return good(raw);
}

function fits({ pattern, matches }: TextQuestion, text: string): boolean {
  if (matches !== undefined) return matches(text);
  return pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(text);
}

function checkNumber(question: NumberQuestion, raw: unknown): Checked {
  if (question.auto === true && raw === 'auto') return good('auto');
  const number = typeof raw === 'string' && /^-?\d+$/.test(raw) ? Number(raw) : raw;
  const { min, max, unit } = question;
  const inRange = Number.isInteger(number) && Number(number) >= min && Number(number) <= max;
  if (inRange) return good(Number(number));
  const orAuto = question.auto === true ? ', or auto' : '';
  const fix = `Give a whole number from ${min} to ${max} (${unit})${orAuto}.`;
  return bad(question, `${show(raw)} is not a valid ${question.key}`, fix);
}

function checkBoolean(question: BooleanQuestion, raw: unknown): Checked {
  if (raw === true || raw === 'true') return good(true);
  if (raw === false || raw === 'false') return good(false);
  return bad(question, `${show(raw)} is neither true nor false`, 'Give true or false.');
}

function didYouMean(question: Question, meant: string): string {
  return `Did you mean --${flagOf(question)} ${meant}?`;
}

function good(value: Value): Checked {
  return { ok: true, value };
}

function bad(question: Question, message: string, fix: string): Checked {
  return { ok: false, issue: { at: question.key, message, fix } };
}

function show(raw: unknown): string {
  return JSON.stringify(raw) ?? String(raw);
}
