/** Whether a well-formed `hppack.json` makes sense, given its files and its parents. */

import semver from 'semver';
import type { Issue } from '../../error.ts';
import { pathFault } from '../../plan/safe-path.ts';
import type { AdditionKind } from '../../spec/addition.ts';
import type { Question } from '../../spec/question.ts';
import { nearest } from '../../spec/words/nearest.ts';
import { placeholdersOf, valueAt } from '../compile/target-path.ts';
import { type View, viewOf } from '../compile/view.ts';
import type { PackFolder } from '../source/pack-folder.ts';
import { conditionIssues, questionIssues, valueIssues } from './check-questions.ts';
import { settingIssues } from './check-settings.ts';
import { codeOf, type PackAddition, type PackDocument, type PackFile } from './document.ts';

export interface DocumentPlace {
  readonly folder: PackFolder;
  /** The questions of the packs that it builds on. */
  readonly questions: readonly Question[];
  readonly additions: readonly AdditionKind[];
  /** The running create-hpserver's version. */
  readonly engine: string;
}

/** Everything that is wrong with it; empty if it is valid. */
export function documentIssues(document: PackDocument, place: DocumentPlace): readonly Issue[] {
  const questions = [...place.questions, ...document.questions];
  const additions = [...place.additions, ...document.additions];
  const asked = [
    ...versionIssues(document, place.engine),
    ...questionIssues(document.questions, place.questions, 'questions'),
    ...document.additions.flatMap(({ questions: own }, at) =>
      questionIssues(own, [], `additions[${at}].questions`),
    ),
  ];
  // Everything else refers to questions, so faulty questions would cause faults everywhere.
  if (asked.length > 0) return asked;
  const view = emptyView(questions, additions);
  return [
    ...document.constraints.flatMap(({ when }, at) =>
      conditionIssues(when, questions, `constraints[${at}].when`),
    ),
    ...document.presets.flatMap(({ values }, at) =>
      Object.entries(values).flatMap(([key, value]) =>
        valueIssues(key, value, questions, `presets[${at}].values`),
      ),
    ),
    ...settingIssues(document.settings, questions),
    ...Object.entries(document.contributes).flatMap(([kind, items]) =>
      items.flatMap(({ when }, at) =>
        when === undefined
          ? []
          : conditionIssues(when, questions, `contributes.${kind}[${at}].when`),
      ),
    ),
    ...filesIssues(document.files, 'files', { place, questions, view }),
    ...document.additions.flatMap((addition, at) =>
      additionIssues(addition, `additions[${at}]`, { place, questions, view }),
    ),
    ...idIssues(document),
    ...migrationIssues(document),
    ...codeIssues(document, place.folder),
  ];
}

function versionIssues({ version, engine }: PackDocument, running: string): readonly Issue[] {
  const issues: Issue[] = [];
  if (semver.valid(version) === null) {
    issues.push(issue('version', `"${version}" is not a semantic version`, 'Write 1.0.0.'));
  }
  if (semver.validRange(engine) === null) {
    issues.push(issue('engine', `"${engine}" is not a version range`, 'Write ^0.3.0.'));
  } else if (!semver.satisfies(running, engine, { includePrerelease: true })) {
    const message = `it needs create-hpserver ${engine}, but this is ${running}`;
    const fix = 'Run that version, or use a version of the pack that fits this one.';
    issues.push(issue('engine', message, fix));
  }
  return issues;
}

interface FileContext {
  readonly place: DocumentPlace;
  readonly questions: readonly Question[];
  readonly view: View;
}

function filesIssues(
  files: readonly PackFile[],
  at: string,
  { place, questions, view }: FileContext,
): readonly Issue[] {
  return files.flatMap(({ from, to, when }, index) => {
    const where = `${at}[${index}]`;
    return [
      ...sourceIssues(from, `${where}.from`, place.folder),
      ...targetIssues(to, `${where}.to`, view),
      ...(when === undefined ? [] : conditionIssues(when, questions, `${where}.when`)),
    ];
  });
}

function sourceIssues(from: string, at: string, { files }: PackFolder): readonly Issue[] {
  const fault = pathFault(from);
  if (fault !== null)
    return [issue(at, `the path "${from}" ${fault}`, 'Use a file in templates/.')];
  if (files.has(`templates/${from}`)) return [];
  const there = [...files.keys()].filter((path) => path.startsWith('templates/'));
  const meant = nearest(`templates/${from}`, there);
  const fix = meant === null ? 'Create it there.' : `Did you mean "${meant.slice(10)}"?`;
  return [issue(at, `there is no templates/${from} in the pack`, fix)];
}

function targetIssues(to: string, at: string, view: View): readonly Issue[] {
  const unknown = placeholdersOf(to).filter((path) => typeof valueAt(view, path) !== 'string');
  const fault = pathFault(to.replaceAll(/\{\{[^{}]*\}\}/g, 'x'));
  return [
    ...unknown.map((path) => {
      const message = `"${path.join('.')}" cannot be used in a path`;
      return issue(at, message, 'Use a question, such as {{name}}.');
    }),
    ...(fault === null
      ? []
      : [issue(at, `the path "${to}" ${fault}`, 'Use a path inside the project.')]),
  ];
}

function additionIssues(
  { questions: own, files, when }: PackAddition,
  at: string,
  { place, questions, view }: FileContext,
): readonly Issue[] {
  const prefixed = own.map((question) => ({ ...question, key: `addition.${question.key}` }));
  const inside = {
    place,
    questions: [...questions, ...prefixed],
    view: { ...view, addition: leavesOf(own) },
  };
  return [
    ...(when === undefined ? [] : conditionIssues(when, questions, `${at}.when`)),
    ...filesIssues(files, `${at}.files`, inside),
  ];
}

function idIssues({ files, additions }: PackDocument): readonly Issue[] {
  const lists = [
    { at: 'files', ids: files.map(({ id, from }) => id ?? from) },
    ...additions.map((addition, index) => ({
      at: `additions[${index}].files`,
      ids: addition.files.map(({ id, from }) => id ?? from),
    })),
  ];
  return lists.flatMap(({ at, ids }) =>
    ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map((id) =>
        issue(at, `two files have the id "${id}"`, 'Give one of them a different "id".'),
      ),
  );
}

function migrationIssues({ migrations }: PackDocument): readonly Issue[] {
  return migrations.flatMap(({ from }, at) =>
    semver.validRange(from) === null
      ? [issue(`migrations[${at}].from`, `"${from}" is not a version range`, 'Write <2.0.0.')]
      : [],
  );
}

function codeIssues(document: PackDocument, { files }: PackFolder): readonly Issue[] {
  return codeOf(document).flatMap((path) => {
    if (!files.has(path)) return [issue(path, `there is no ${path} in the pack`, 'Create it.')];
    if (/\.m?js$/.test(path)) return [];
    return [issue(path, `${path} is not a JavaScript module`, 'Use a .js or .mjs file.')];
  });
}

/** Each answer as a text: what paths can refer to. */
function emptyView(questions: readonly Question[], additions: readonly AdditionKind[]): View {
  const lists = Object.fromEntries(additions.map(({ kind }) => [kind, []]));
  return { ...leavesOf(questions), additions: lists };
}

function leavesOf(questions: readonly Question[]): View {
  return viewOf(questions, Object.fromEntries(questions.map(({ key }) => [key, 'x'])));
}

function issue(at: string, message: string, fix: string): Issue {
  return { at: `hppack.json: ${at}`, message, fix };
}
