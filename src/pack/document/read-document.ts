/** The text of `hppack.json` → a document, or everything that is wrong with its form. */

import type { core } from 'zod';
import type { Issue } from '../../error.ts';
import { messageOf } from '../../error.ts';
import type { Choice, Question } from '../../spec/question.ts';
import { nearest } from '../../spec/words/nearest.ts';
import { reservedIn, reservedIssue } from '../../spec/words/reserved.ts';
import { kDocumentName, type PackDocument } from './document.ts';
import { patternsIn } from './patterns.ts';

export type ReadDocument =
  | { readonly ok: true; readonly document: PackDocument }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Checks the form; `check-document` checks the meaning. */
export async function readDocument(source: string): Promise<ReadDocument> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(source);
  } catch (cause) {
    const why = messageOf(cause);
    const message = `${kDocumentName} is not valid JSON: ${why}`;
    return { ok: false, issues: [{ at: kDocumentName, message, fix: 'Fix the JSON.' }] };
  }
  const reserved = reservedIn(parsed);
  if (reserved !== null) return { ok: false, issues: [reservedIssue(kDocumentName, reserved)] };
  // zod takes 60 ms to load: only users with a pack pay for it.
  const { packSchema, packJsonSchema } = await import('./schema.ts');
  const result = packSchema.safeParse(parsed);
  if (!result.success) {
    const schema = packJsonSchema();
    return { ok: false, issues: result.error.issues.flatMap((issue) => issuesOf(issue, schema)) };
  }
  // The types leave out a missing key, as JSON does; the schema says `undefined` instead.
  return matched(completed(result.data as unknown as PackDocument));
}

async function matched(document: PackDocument): Promise<ReadDocument> {
  // RE2 takes 100 ms to load: only documents with a pattern pay for it.
  if (patternsIn(document).length === 0) return { ok: true, document };
  const { patternIssues, withMatchers } = await import('./linear.ts');
  const issues = patternIssues(document);
  return issues.length > 0 ? { ok: false, issues } : { ok: true, document: withMatchers(document) };
}

/** Fills in what the types require, but an author may leave out. */
function completed(document: PackDocument): PackDocument {
  return {
    ...document,
    questions: document.questions.map(completedQuestion),
    additions: document.additions.map((addition) => ({
      ...addition,
      questions: addition.questions.map(completedQuestion),
    })),
  };
}

function completedQuestion(question: Question): Question {
  const grouped = { ...question, group: question.group ?? 'Packs' };
  if (grouped.kind !== 'choice') return grouped;
  const explained = (choice: Choice) => ({
    ...choice,
    explanation: choice.explanation ?? choice.tradeoff,
  });
  return { ...grouped, choices: grouped.choices.map(explained) };
}

function issuesOf(issue: core.$ZodIssue, schema: object): readonly Issue[] {
  const at = dotted(issue.path);
  if (issue.code !== 'unrecognized_keys') {
    const isMissing = issue.code === 'invalid_type' && /received undefined$/.test(issue.message);
    const message = isMissing ? 'this is missing' : issue.message;
    return [{ at, message, fix: 'See schemas/hppack.schema.json; your editor can complete it.' }];
  }
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    const fix =
      meant === null ? `The keys here are: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
    return { at, message: `there is no key "${key}"`, fix };
  });
}

function dotted(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  const place = steps.join('').replace(/^\./, '');
  return place === '' ? kDocumentName : `${kDocumentName}: ${place}`;
}

/** The keys the schema has at a path: those of all variants if there are several. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const variants = variantsOf(schema);
  const [step, ...rest] = path;
  if (step === undefined) {
    return [
      ...new Set(variants.flatMap((variant) => Object.keys(recordIn(variant, 'properties')))),
    ];
  }
  const inner = variants.map((variant) =>
    typeof step === 'number' ? variant.items : recordIn(variant, 'properties')[String(step)],
  );
  return [...new Set(inner.flatMap((variant) => keysAt(variant, rest)))];
}

type Schema = Readonly<Record<string, unknown>>;

function variantsOf(schema: unknown): readonly Schema[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { anyOf, oneOf } = schema as Schema;
  const several = anyOf ?? oneOf;
  return Array.isArray(several) ? several.flatMap(variantsOf) : [schema as Schema];
}

function recordIn(schema: Schema, key: string): Schema {
  const inner = schema[key];
  return typeof inner === 'object' && inner !== null ? (inner as Schema) : {};
}
