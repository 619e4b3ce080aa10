/** The settings as C++ has them: members of `Config`, and rows of the table used to read them. */

import type { NumberShape, PathShape, Setting, Shape } from '../../src/plan/setting.ts';
import { grouped, kUnitWords } from '../shared/settings/spelling.ts';

/** The digit separator of long numbers. */
const kSeparator = "'";

export interface SettingView {
  readonly key: string;
  readonly group: string;
  readonly help: string;
  readonly comment: string;
  readonly type: string;
  readonly member: string;
  readonly initial: string;
  /** The row's type, constructed with the member that receives the value. */
  readonly takes: string;
  /** The function that says why a value can't be used; null: unchecked. */
  readonly check: string | null;
}

export function settingViews(settings: readonly Setting[]): readonly SettingView[] {
  return settings.map(({ key, group, help, takes, check }) => {
    const member = memberOf(key);
    return {
      key,
      group,
      help,
      comment: commentOn(help, takes),
      type: typeOf(takes),
      member,
      initial: initialOf(takes),
      takes: rowOf(takes, `&config.${member}`),
      check: check?.cpp.function ?? null,
    };
  });
}

/** `listen-chat` → `listen_chat`, a member of `Config`. */
export function memberOf(key: string): string {
  return key.replaceAll('-', '_');
}

function commentOn(help: string, takes: Shape): string {
  if (takes.kind === 'number' && takes.auto !== null) return `${help}; 0: ${takes.auto.is}.`;
  return takes.kind === 'text' && takes.empty !== null
    ? `${help}; empty: ${takes.empty}.`
    : `${help}.`;
}

function typeOf(takes: Shape): string {
  if (takes.kind === 'addresses') return 'std::vector<std::string>';
  if (takes.kind === 'switch') return 'bool';
  if (takes.kind !== 'number') return 'std::string';
  const bits = [16, 32].find((width) => takes.max < 2 ** width) ?? 64;
  return `std::uint${bits}_t`;
}

function initialOf(takes: Shape): string {
  if (takes.kind === 'addresses') return `{${takes.default.map(quoted).join(', ')}}`;
  if (takes.kind === 'switch') return ` = ${takes.default}`;
  if (takes.kind !== 'number') return takes.default === '' ? '' : ` = ${quoted(takes.default)}`;
  return ` = ${takes.default === 'auto' ? 0 : grouped(takes.default, kSeparator)}`;
}

function rowOf(takes: Shape, place: string): string {
  switch (takes.kind) {
    case 'addresses':
      return `Addresses{${place}}`;
    case 'address':
      return `OneAddress{${[place, ...(takes.word === null ? [] : [quoted(takes.word)])].join(', ')}}`;
    case 'choice':
      return `Choice{${place}, {${takes.values.map(quoted).join(', ')}}}`;
    case 'number':
      return numberRow(takes, place);
    case 'path':
      return pathRow(takes, place);
    case 'switch':
      return `Switch{${place}}`;
    case 'text': {
      const empty = takes.empty === null ? [] : [quoted(takes.empty)];
      return `Text{${[place, quoted(takes.shape), ...empty].join(', ')}}`;
    }
  }
}

function numberRow({ min, max, unit, auto }: NumberShape, place: string): string {
  const range = `${place}, ${grouped(min, kSeparator)}, ${grouped(max, kSeparator)}, ${quoted(kUnitWords[unit])}`;
  return auto === null ? `Number{${range}}` : `Number{${range}, ${quoted(auto.is)}}`;
}

function pathRow({ of, word, further = [], given }: PathShape, place: string): string {
  const words = further.length === 0 ? [] : [`{${further.map(quoted).join(', ')}}`];
  const parts = [place, `Path::Kind::${of}`, ...(word === null ? [] : [quoted(word)]), ...words];
  // An argument can be left out only if those after it are, so an empty list fills the gap.
  const last =
    given === undefined ? [] : [...(words.length === 0 ? ['{}'] : []), given.cpp.function];
  return `Path{${[...parts, ...last].join(', ')}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
