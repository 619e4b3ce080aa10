/** What a pack makes of a project: the files that would differ without it. */

import { catalogOf } from '../../plan/catalog.ts';
import { draftOf } from '../../spec/draft.ts';
import { parseAnswers } from '../../spec/parse/parse.ts';
import type { Spec } from '../../spec/spec.ts';
import type { TreeFile } from '../../tree/tree.ts';
import { treeOf } from '../plan-packs.ts';
import type { Bench } from './bench.ts';

export interface ShapedFile {
  readonly file: TreeFile;
  /** The text without the pack; null if the file is the pack's own. */
  readonly before: string | null;
}

/** Left out: it contains the pack's answers, but everyone else's, too. */
const kWish = 'hpserver.json';

/** Sorted by path. Errors: those of the pack's templates and code. */
export async function shapedFiles(bench: Bench, spec: Spec): Promise<readonly ShapedFile[]> {
  const tree = await treeOf(bench.packs, spec);
  const without = await treeOf([bench.builtIn], withoutPack(bench, spec));
  const texts = new Map(without.map(({ path, text }) => [path, text]));
  return tree
    .filter(({ path, text }) => path !== kWish && texts.get(path) !== text)
    .map((file) => ({ file, before: texts.get(file.path) ?? null }));
}

/** The spec with only the built-in questions and additions. */
function withoutPack({ builtIn }: Bench, spec: Spec): Spec {
  const catalog = catalogOf(builtIn.generators);
  const keys = catalog.questions.map(({ key }) => key);
  const kinds = catalog.additions.map(({ kind }) => kind);
  const draft = draftOf(spec);
  const answers = Object.entries(draft.answers).filter(([key]) => keys.includes(key));
  const additions = draft.additions.filter(({ kind }) => kinds.includes(String(kind)));
  const parsed = parseAnswers(Object.fromEntries(answers), catalog, { ...draft, additions });
  if (!parsed.ok)
    throw new Error(`without its pack the configuration fails: ${parsed.issues[0]?.message}`);
  return parsed.spec;
}
