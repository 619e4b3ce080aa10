/** A document and its files → a pack: pure, and without a line of the pack's code. */

import { type Assets, blocksIn } from '../../plan/assets.ts';
import type { FileIntent, Generator } from '../../plan/generator.ts';
import { holds } from '../../spec/condition.ts';
import type { Value, Values } from '../../spec/question.ts';
import { additionsOf, type Spec } from '../../spec/spec.ts';
import type { PackAddition, PackDocument, PackFile } from '../document/document.ts';
import type { Ground } from '../ground.ts';
import { contributionsOf } from './contributions.ts';
import { pathsIn, type ViewPath } from './dependencies.ts';
import { templateName } from './pack-assets.ts';
import { packView } from './pack-view.ts';
import { reasonsOf } from './reasons.ts';
import { fillTarget, placeholdersOf } from './target-path.ts';
import { type View, viewOf } from './view.ts';

/** A file that is planned if its condition holds, with its id and reasons, which never change. */
interface Planned {
  readonly file: PackFile;
  readonly id: string;
  readonly because: readonly string[];
}

/** The document has been checked before: a fault found here is a bug. */
export function compilePack(document: PackDocument, assets: Assets, ground: Ground): Generator {
  const known: Ground = {
    questions: [...ground.questions, ...document.questions],
    additions: [...ground.additions, ...document.additions],
  };
  const plan = (file: PackFile, addition?: PackAddition): Planned => ({
    file,
    id: idOf(document, file, addition),
    because: becauseOf(document, file, assets, known, addition),
  });
  const files = document.files.map((file) => plan(file));
  const additions = document.additions.map((addition) => ({
    addition,
    files: addition.files.map((file) => plan(file, addition)),
  }));
  return {
    id: document.name,
    questions: document.questions,
    rules: document.constraints,
    presets: document.presets,
    additions: document.additions,
    renames: prefixed(document),
    contributions: ({ values }) => contributionsOf(document, values),
    files: (spec) => {
      const view = packView(known, spec);
      const own = files.flatMap((planned) => intentsOf(document, planned, spec.values, view));
      const added = additions.flatMap(({ addition, files: planned }) =>
        additionsOf(spec, addition.kind).flatMap((values) =>
          addedIntents(document, addition, planned, { spec, view, values }),
        ),
      );
      return [...own, ...added];
    },
  };
}

function idOf({ name }: PackDocument, file: PackFile, addition?: PackAddition): string {
  const id = file.id ?? file.from;
  return addition === undefined ? `${name}/${id}` : `${name}/${addition.kind}/${id}`;
}

function prefixed({ name, renames }: PackDocument): Readonly<Record<string, string>> {
  const entries = Object.entries(renames).map(([old, id]) => [`${name}/${old}`, `${name}/${id}`]);
  return Object.fromEntries(entries);
}

function becauseOf(
  { name }: PackDocument,
  file: PackFile,
  assets: Assets,
  { questions, additions }: Ground,
  addition?: PackAddition,
): readonly string[] {
  const paths: readonly ViewPath[] = isTemplate(file)
    ? pathsIn(assets.read(`templates/${templateName(name, file.from)}`), blocksIn(assets))
    : [];
  return reasonsOf([...paths, ...placeholdersOf(file.to)], [file.when, addition?.when], {
    keys: questions.map(({ key }) => key),
    kinds: additions.map(({ kind }) => kind),
    ...(addition === undefined ? {} : { kind: addition.kind }),
  });
}

export function isTemplate({ from }: PackFile): boolean {
  return from.endsWith('.hbs');
}

function addedIntents(
  document: PackDocument,
  { questions }: PackAddition,
  files: readonly Planned[],
  { spec, view, values }: { readonly spec: Spec; readonly view: View; readonly values: Values },
): readonly FileIntent[] {
  // No two additions of a kind share the value of the first question, so that value is their name.
  const name: Value | undefined = values[questions[0]?.key ?? ''];
  const own = { ...view, addition: viewOf(questions, values) };
  const both = { ...spec.values, ...prefixedBy('addition', values) };
  return files.flatMap((planned) =>
    intentsOf(document, { ...planned, id: `${planned.id}/${name}` }, both, own),
  );
}

/** A condition on an addition's file can refer to both: `language`, `addition.method`. */
function prefixedBy(prefix: string, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value]),
  );
}

function intentsOf(
  { name }: PackDocument,
  { file, id, because }: Planned,
  values: Values,
  view: View,
): readonly FileIntent[] {
  if (file.when !== undefined && !holds(file.when, values)) return [];
  const template = templateName(name, file.from);
  return [
    {
      id,
      path: fillTarget(file.to, view),
      source: isTemplate(file)
        ? { kind: 'template', template, view }
        : { kind: 'copy', from: `templates/${template}` },
      mode: file.mode === '755' ? 0o755 : 0o644,
      owner: file.owner,
      because,
      ...(file.registrations === undefined ? {} : { registrations: file.registrations }),
    },
  ];
}
