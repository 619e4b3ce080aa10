/** The settings as TypeScript declares them: each a call of its kind, a line per property. */

import type { NumberShape, Setting, Shape } from '../../src/plan/setting.ts';
import { grouped, helpOf, kUnitWords } from '../shared/settings/spelling.ts';

/** Between the digits of long numbers. */
const kSeparator = '_';

export interface DeclaredSetting {
  /** As the key of an object. */
  readonly key: string;
  /** The function of `server/settings/kinds.ts`. */
  readonly kind: string;
  readonly lines: readonly string[];
}

export function declaredSettings(settings: readonly Setting[]): readonly DeclaredSetting[] {
  return settings.map((setting) => {
    const { key, group, takes } = setting;
    const { kind, lines } = declared(takes);
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

/** As the key of an object. */
export function keyOf(word: string): string {
  return word.includes('-') ? quoted(word) : word;
}

/** Whether a default asks for the cores. */
export function countsCores(settings: readonly Setting[]): boolean {
  return settings.some(({ takes }) => {
    return takes.kind === 'number' && automaticOf(takes).includes('availableParallelism');
  });
}

function declared(takes: Shape): { readonly kind: string; readonly lines: readonly string[] } {
  switch (takes.kind) {
    case 'addresses':
      return { kind: 'addresses', lines: [] };
    case 'address':
      return { kind: 'oneAddress', lines: [] };
    case 'choice':
      return { kind: 'choice', lines: [`values: [${takes.values.map(quoted).join(', ')}]`] };
    case 'number':
      return declaredNumber(takes);
    case 'path': {
      if (takes.of === 'folder') return { kind: 'folder', lines: ['check: faultOfRoot'] };
      const kind = takes.word === 'off' ? 'optionalLogFile' : 'logFile';
      return { kind, lines: ['check: faultOfLog'] };
    }
  }
}

function declaredNumber(takes: NumberShape): ReturnType<typeof declared> {
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

function literal(value: string | number | readonly string[]): string {
  if (typeof value === 'number') return grouped(value, kSeparator);
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}

function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
