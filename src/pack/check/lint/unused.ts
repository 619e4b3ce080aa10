/** Things in a pack that nothing uses. */

import type { Issue } from '../../../error.ts';
import { keysOf } from '../../../spec/condition.ts';
import type { Condition } from '../../../spec/question.ts';
import { codeOf, type PackDocument } from '../../document/document.ts';
import type { Bench } from '../bench.ts';
import { casesOf } from '../cases.ts';
import { concernedBy } from '../concerned.ts';

/**
 * The keys that can change what the pack does: the language, its own questions, and the keys that
 * its conditions and templates read.
 */
export async function shapingKeys(bench: Bench): Promise<ReadonlySet<string>> {
  const keys = new Set(['language', ...bench.own.questions.map(({ key }) => key)]);
  for (const key of conditionKeys(bench.open.document)) keys.add(key);
  const known = new Set(bench.catalog.questions.map(({ key }) => key));
  for (const spec of casesOf(bench, new Set(['language'])).specs) {
    const { own } = await concernedBy(bench, spec);
    // Without the name: other texts would show nothing new.
    for (const key of own.flatMap(({ because }) => because)) {
      if (known.has(key) && key !== 'name') keys.add(key);
    }
  }
  return keys;
}

function conditionKeys(document: PackDocument | null): readonly string[] {
  if (document === null) return [];
  const { questions, files, additions, constraints } = document;
  const own = [...questions, ...files, ...additions, ...additions.flatMap((each) => each.files)];
  const conditions: readonly (Condition | undefined)[] = [...own, ...constraints].map(
    ({ when }) => when,
  );
  return conditions.flatMap((when) => keysOf(when ?? {}));
}

const kTemplates = 'templates/';

/**
 * Questions that change nothing, and templates that are never rendered. `reasons` are those of all
 * files that the pack affects. A pack with code is not examined: the code might use anything.
 */
export function unusedIssues(bench: Bench, reasons: ReadonlySet<string>): readonly Issue[] {
  const { document, folder } = bench.open;
  if (document === null || codeOf(document).length > 0) return [];
  const asked = new Set([...reasons, ...conditionKeys(document)]);
  const questions = document.questions
    .filter(({ key }) => !asked.has(key))
    .map(({ key }) => ({
      at: `hppack.json: questions: ${key}`,
      message: `nothing depends on the answer to "${key}"`,
      fix: 'Use it in a template, a path or a "when", or remove it.',
    }));
  const used = new Set(
    [...document.files, ...document.additions.flatMap(({ files }) => files)].map(
      ({ from }) => from,
    ),
  );
  const own = [...folder.files.keys()].filter((path) => path.startsWith(kTemplates));
  const templates = own
    .filter((path) => !used.has(path.slice(kTemplates.length)))
    .map((path) => ({
      at: path,
      message: 'no file is generated from this template',
      fix: 'Use it as "from" of a file in hppack.json, or remove it.',
    }));
  return [...questions, ...templates];
}
