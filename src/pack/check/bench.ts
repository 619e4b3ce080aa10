/** A pack being checked, with the built-in pack, and a parser to try answers on. */

import { type Catalog, catalogOf } from '../../plan/catalog.ts';
import type { Contributed } from '../../plan/contribution.ts';
import type { FileIntent, Generator } from '../../plan/generator.ts';
import { type DraftExtras, kNoDraftExtras } from '../../spec/draft.ts';
import { type Parsed, parseAnswers } from '../../spec/parse/parse.ts';
import type { Answers } from '../../spec/question.ts';
import type { Spec } from '../../spec/spec.ts';
import { type Ground, groundOf } from '../ground.ts';
import { type LoadOptions, loadPack } from '../load/load-packs.ts';
import { type OpenPack, openPack } from '../load/open-pack.ts';
import type { Pack } from '../pack.ts';

export interface Bench {
  readonly builtIn: Pack;
  /** Includes its parents. */
  readonly pack: Pack;
  readonly open: OpenPack;
  readonly packs: readonly Pack[];
  /**
   * The same packs, for examining many specs: the built-in files are planned only once for each set
   * of answers.
   */
  readonly quick: readonly Pack[];
  readonly catalog: Catalog;
  /** What the pack and its parents contribute. */
  readonly own: Ground;
  readonly parse: (answers: Answers, extras?: DraftExtras) => Parsed;
}

/** Errors: those of `loadPack`. */
export async function benchFor(source: string, options: LoadOptions): Promise<Bench> {
  const { builtIn } = options;
  const open = await openPack(source, options);
  const pack = await loadPack(source, options);
  const packs = [builtIn, pack];
  const catalog = catalogOf(packs.flatMap(({ generators }) => generators));
  return {
    builtIn,
    pack,
    open,
    packs,
    quick: [remembering(builtIn), pack],
    catalog,
    own: groundOf([pack]),
    parse: (answers, extras = kNoDraftExtras) => parseAnswers(answers, catalog, extras),
  };
}

/**
 * Remembers the files that the built-in pack has planned: they depend on its own questions, and on
 * what all packs contribute, but not on other packs' questions. The one exception, `hpserver.json`,
 * isn't examined here.
 */
function remembering(builtIn: Pack): Pack {
  const { questions, additions } = groundOf([builtIn]);
  const kinds = additions.map(({ kind }) => kind);
  const keyOf = (spec: Spec, contributed: Contributed) =>
    JSON.stringify([
      questions.map(({ key }) => spec.values[key]),
      spec.additions.filter(({ kind }) => kinds.includes(kind)),
      contributed,
    ]);
  const remember = (generator: Generator): Generator => {
    const planned = new Map<string, readonly FileIntent[]>();
    return {
      ...generator,
      files: (spec, assets, contributed) => {
        const key = keyOf(spec, contributed);
        const files = planned.get(key) ?? generator.files(spec, assets, contributed);
        planned.set(key, files);
        return files;
      },
    };
  };
  return { ...builtIn, generators: builtIn.generators.map(remember) };
}
