/**
 * Packs' patterns, matched in linear time: JavaScript's own engine needs hours for `(a+)+$`. See:
 * https://github.com/google/re2/wiki/Syntax
 */

import { RE2JS } from 're2js';
import type { Issue } from '../../error.ts';
import { messageOf } from '../../error.ts';
import type { Registration } from '../../plan/generator.ts';
import type { Question } from '../../spec/question.ts';
import { kDocumentName, type PackDocument, type PackFile } from './document.ts';
import { patternsIn } from './patterns.ts';

/** Each letter of a pattern costs time at every match, and a pattern may list many words. */
const kMaxLength = 1_000;

/** Patterns RE2 doesn't accept, each with its place. */
export function patternIssues(document: PackDocument): readonly Issue[] {
  return patternsIn(document).flatMap(({ at, pattern }) => {
    const why = faultOf(pattern);
    if (why === null) return [];
    const message = `${JSON.stringify(pattern)} is not a regular expression of RE2: ${why}`;
    const fix = 'Write it without lookahead, lookbehind and backreferences.';
    return [{ at: `${kDocumentName}: ${at}`, message, fix }];
  });
}

/** The same document with a matcher for each pattern. The patterns must have no issues. */
export function withMatchers(document: PackDocument): PackDocument {
  return {
    ...document,
    questions: document.questions.map(matchable),
    files: document.files.map(mergeable),
    additions: document.additions.map((addition) => ({
      ...addition,
      questions: addition.questions.map(matchable),
      files: addition.files.map(mergeable),
    })),
  };
}

function faultOf(pattern: string): string | null {
  if (pattern.length > kMaxLength) return `it has more than ${kMaxLength} characters`;
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (thrown) {
    const why = messageOf(thrown);
    return why.replace(/^error parsing regexp: /, '');
  }
}

function matchable(question: Question): Question {
  if (question.kind !== 'text' || question.pattern === undefined) return question;
  const compiled = RE2JS.compile(question.pattern);
  return { ...question, matches: (value) => compiled.matches(value) };
}

function mergeable(file: PackFile): PackFile {
  const { registrations } = file;
  return registrations === undefined
    ? file
    : { ...file, registrations: registrations.map(matchableList) };
}

function matchableList(list: Registration): Registration {
  if (list.kind !== 'lines') return list;
  const compiled = new Map(
    [list.after, list.before].map((pattern) => [pattern, RE2JS.compile(pattern)]),
  );
  return {
    ...list,
    matches: (pattern, line) => compiled.get(pattern)?.matcher(line).find() ?? false,
  };
}
