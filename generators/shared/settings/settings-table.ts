/** The README's table of all settings. */

import type { NumberShape, Setting, Shape } from '../../../src/plan/setting.ts';
import { defaultOf } from './settings-file.ts';

export interface SettingRow {
  readonly key: string;
  readonly usual: string;
  /** Which values it takes: `1 to 65535`, `serve or abort`. */
  readonly values: string;
  readonly help: string;
}

export function settingRows(settings: readonly Setting[]): readonly SettingRow[] {
  return settings.map(({ key, takes, help }) => ({
    key,
    usual: takes.default === '' ? '""' : defaultOf(takes).replaceAll('"', ''),
    values: valuesOf(takes),
    help,
  }));
}

function valuesOf(takes: Shape): string {
  switch (takes.kind) {
    case 'addresses':
      return 'addresses';
    case 'address':
      return takes.word === null ? 'an address' : `an address, or ${takes.word}`;
    case 'choice':
      return takes.values.join(', ');
    case 'number':
      return numbersOf(takes);
    case 'path': {
      const what = takes.of === 'folder' ? 'a folder' : 'a file';
      const words = [...(takes.word === null ? [] : [takes.word]), ...(takes.further ?? [])];
      return words.length === 0 ? what : `${what}, or ${words.join(', ')}`;
    }
    case 'switch':
      return 'true, false';
    case 'text':
      return takes.empty === null ? 'text' : `text; empty: ${takes.empty}`;
  }
}

const kUnits: Readonly<Record<NumberShape['unit'], string>> = {
  count: '',
  ms: ' ms',
  bytes: ' bytes',
  'bytes/s': ' bytes per second',
};

function numbersOf({ min, max, unit, auto }: NumberShape): string {
  const range = `${min} to ${max}${kUnits[unit]}`;
  return auto === null ? range : `${range}, or auto: ${auto.is}`;
}
