/** The settings as declared in TypeScript: a call per setting, a line per property. */

import type { NumberShape, PathShape, Setting, Shape } from '../../src/plan/setting.ts';
import { checksOf } from '../shared/settings/checks.ts';
import { grouped, helpOf, kUnitWords } from '../shared/settings/spelling.ts';
import { type Import, importsOf } from './imports.ts';

/** The digit separator of long numbers. */
const kSeparator = '_';

export interface DeclaredSetting {
  /** As an object key. */
  readonly key: string;
  /** The function from `server/settings/kinds.ts`. */
  readonly kind: string;
  readonly lines: readonly string[];
}

export function declaredSettings(settings: readonly Setting[]): readonly DeclaredSetting[] {
  return settings.map((setting) => {
    const { key, group, takes, check } = setting;
    const { kind, lines } = declared(takes, check?.typescript.function);
    return {
      key: keyOf(key),
      kind,
      lines: [
        `group: ${quoted(group)}`,
        `help: ${quoted(helpOf(setting))}`,
        `default: ${literal(takes.default)}`,
        ...lines,
      ],
    };
  });
}

/** As an object key. */
export function keyOf(word: string): string {
  return word.includes('-') ? quoted(word) : word;
}

/** The functions that check texts: the names each module exports. */
export function checkImports(settings: readonly Setting[]): readonly Import[] {
  return importsOf(
    settings.flatMap(checksOf).map(({ typescript: { function: name, module } }) => {
      return { name, module };
    }),
  );
}

/** Whether a default counts the cores. */
export function countsCores(settings: readonly Setting[]): boolean {
  return settings.some(({ takes }) => {
    return takes.kind === 'number' && automaticOf(takes).includes('availableParallelism');
  });
}

interface Declared {
  readonly kind: string;
  readonly lines: readonly string[];
}

/** `own`: the feature's function that checks whether a text can be used. */
function declared(takes: Shape, own?: string): Declared {
  const check = own === undefined ? [] : [`check: ${own}`];
  switch (takes.kind) {
    case 'addresses':
      return { kind: 'addresses', lines: [] };
    case 'address':
      return { kind: takes.word === null ? 'oneAddress' : 'optionalAddress', lines: check };
    case 'choice':
      return { kind: 'choice', lines: [`values: [${takes.values.map(quoted).join(', ')}]`] };
    case 'number':
      return declaredNumber(takes);
    case 'path':
      return declaredPath(takes, own);
    case 'switch':
      return { kind: 'onOff', lines: [] };
    case 'text': {
      const shape = [`shape: ${quoted(takes.shape)}`];
      const empty = takes.empty === null ? [] : [`empty: ${quoted(takes.empty)}`];
      return { kind: 'text', lines: [...shape, ...empty, ...check] };
    }
  }
}

/** For a required path, and for one that may be `off` instead. */
const kPathKinds = {
  folder: ['folder', 'optionalFolder'],
  log: ['logFile', 'optionalFile'],
  file: ['logFile', 'writtenFile'],
} as const;

function declaredPath(takes: PathShape, own: string | undefined): Declared {
  const { of, word, further = [], given } = takes;
  const usual = of === 'folder' ? 'faultOfRoot' : 'faultOfLog';
  const all = own === undefined ? usual : `(path) => ${usual}(path) ?? ${own}(path)`;
  const check =
    given === undefined
      ? all
      : `(path) => (${given.typescript.function}() ? null : ${usual}(path))`;
  if (further.length > 0) {
    const words = `words: [${further.map(quoted).join(', ')}]`;
    return { kind: 'logPlace', lines: [words, `check: ${check}`] };
  }
  const [wanted, optional] = kPathKinds[of];
  return { kind: word === 'off' ? optional : wanted, lines: [`check: ${check}`] };
}

function declaredNumber(takes: NumberShape): Declared {
  const range = [
    `unit: ${quoted(kUnitWords[takes.unit])}`,
    `min: ${literal(takes.min)}`,
    `max: ${literal(takes.max)}`,
  ];
  if (takes.auto === null) return { kind: 'whole', lines: range };
  return { kind: 'wholeOrAuto', lines: [...range, `automatic: ${automaticOf(takes)}`] };
}

function automaticOf({ auto }: NumberShape): string {
  return auto?.expressions?.typescript ?? quoted('auto');
}

function literal(value: string | number | boolean | readonly string[]): string {
  if (typeof value === 'number') return grouped(value, kSeparator);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}

function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
