/**
 * The whole flow: configuration → spec → plan → tree → change set → disk. The only engine file that
 * imports `generators/`.
 */

import { resolve } from 'node:path';
import { generators } from '../generators/index.ts';
import { packagedAssets, packageVersion } from './disk/package.ts';
import { survey } from './disk/survey/survey.ts';
import { writeFirst, writeNext } from './disk/update/write-changes.ts';
import type { Issue } from './error.ts';
import type { ChangeSet } from './merge/change-set.ts';
import { withoutCutting } from './merge/linked.ts';
import { merge } from './merge/merge.ts';
import type { Pack } from './pack/pack.ts';
import { treeOf } from './pack/plan-packs.ts';
import { type Catalog, catalogOf, commandsOf } from './plan/catalog.ts';
import type { Commands } from './plan/generator.ts';
import type { DraftExtras } from './spec/draft.ts';
import type { Machine } from './spec/machine.ts';
import { type Parsed, parseAnswers } from './spec/parse/parse.ts';
import type { Answers } from './spec/question.ts';
import type { Spec } from './spec/spec.ts';
import type { Written } from './tree/manifest.ts';
import type { Snapshot } from './tree/snapshot.ts';
import { ownedBy, type Tree } from './tree/tree.ts';

export type { Parsed } from './spec/parse/parse.ts';

/** What a run would do; a dry run stops here. */
export interface Preview {
  /** Absolute. */
  readonly directory: string;
  readonly spec: Spec;
  /** What the generators produce. */
  readonly tree: Tree;
  readonly changes: ChangeSet;
  /** What was on the disk when the changes were decided. */
  readonly standing: Snapshot;
  /** What was written before; null for a new project. */
  readonly before: Written | null;
  readonly after: Written;
  readonly warnings: readonly Issue[];
  readonly commands: Commands;
}

/** The flow with a list of packs: everything the frontends need. */
export interface Engine {
  /** Of create-hpserver. */
  readonly version: string;
  /** The packs the user brings. */
  readonly packs: readonly Pack[];
  readonly catalog: Catalog;
  readonly parse: (answers: Answers, extras?: DraftExtras) => Parsed;
  /**
   * `restore`: paths of deleted files to bring back. `record`: the project's record, if it was just
   * read.
   */
  readonly preview: (
    spec: Spec,
    directory: string,
    restore?: readonly string[],
    record?: Written,
  ) => Promise<Preview>;
  /**
   * Writes the previewed changes, all or nothing. `title` is what undo shows. Returns where edits
   * made during the write were saved.
   */
  readonly apply: (preview: Preview, title?: string) => Promise<readonly string[]>;
}

/** The pack that all other packs build on. */
export const builtIn: Pack = {
  name: 'create-hpserver',
  version: packageVersion(),
  reference: null,
  generators,
  assets: packagedAssets(),
};

/**
 * The engine with these packs: later packs override earlier ones, and all of them the built-in one.
 * Facts about the `machine` only add warnings.
 */
export function engineOf(packs: readonly Pack[], machine: Machine = {}): Engine {
  const all = [builtIn, ...packs];
  const features = all.flatMap((pack) => pack.generators);
  const known = catalogOf(features, machine);
  const read: Engine['parse'] = (answers, extras) => parseAnswers(answers, known, extras);
  return {
    version: builtIn.version,
    packs,
    catalog: known,
    parse: read,
    preview: async (spec, directory, restore = [], record) => {
      const place = resolve(directory);
      const tree = ownedBy(await treeOf(all, spec), spec.owners);
      const found = survey(place, tree, record);
      const wishes = { renames: known.renames, restore: new Set(restore), tool: builtIn.version };
      const { changes: wanted, written: after } = await merge({ ...found, ...wishes, spec, tree });
      const changes = withoutCutting(wanted, found.standing);
      const parsed = read(spec.values);
      const warnings = [...(parsed.ok ? parsed.warnings : []), ...found.warnings];
      const commands = commandsOf(features, spec);
      const { written: before, standing } = found;
      return { directory: place, spec, tree, changes, standing, before, after, warnings, commands };
    },
    apply: ({ directory, tree, before, ...decided }, title = 'update') =>
      before === null
        ? writeFirst(directory, tree, decided)
        : writeNext(directory, { ...decided, before }, title),
  };
}

const own: Engine = engineOf([]);

export const catalog: Catalog = own.catalog;
export const parse: Engine['parse'] = own.parse;
export const preview: Engine['preview'] = own.preview;
export const apply: Engine['apply'] = own.apply;
