/**
 * Finds names for which neither the file nor anything it includes includes the header. No compiler
 * reports this while several files form one unit, but a project with fewer of the files may not
 * compile.
 */

import { posix } from 'node:path';
import type { Source } from './sources.ts';
import { kStandardNames } from './standard-names.ts';

interface Unit {
  readonly path: string;
  /** Without comments and literals. */
  readonly text: string;
  readonly quoted: readonly string[];
  readonly angled: readonly string[];
}

/** `path: name: the headers that have it`. */
export function missingIncludes(sources: readonly Source[]): readonly string[] {
  const units = new Map(sources.map((source) => [source.path, unitOf(source)]));
  const declaring = declaringHeaders([...units.values()]);
  return [...units.values()].flatMap((unit) => {
    const reached = closure(unit, units);
    const missing = [...missingStandard(unit, reached), ...missingOwn(unit, reached, declaring)];
    return missing.map((what) => `${unit.path}: ${what}`);
  });
}

function unitOf({ path, text }: Source): Unit {
  const includes = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);
  return {
    path,
    text: text.replaceAll(kNoCode, ' '),
    quoted: includes(/^#include "([^"]+)"/gm),
    angled: includes(/^#include <([^>]+)>/gm),
  };
}

const kNoCode = /\/\/.*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'|^#include.*/gm;

/** The file and everything its includes lead to, as far as it is ours. */
function closure(unit: Unit, units: ReadonlyMap<string, Unit>): ReadonlySet<Unit> {
  const reached = new Set([unit]);
  for (const { path, quoted } of reached) {
    for (const name of quoted) {
      for (const folder of [posix.dirname(path), ...kIncludeFolders]) {
        const found = units.get(posix.join(folder, name));
        if (found !== undefined) reached.add(found);
      }
    }
  }
  return reached;
}

const kIncludeFolders = ['native-core', 'native-core/generated', 'native-core/binding'];

function missingStandard(unit: Unit, reached: ReadonlySet<Unit>): readonly string[] {
  const included = new Set([...reached].flatMap(({ angled }) => angled));
  const used = new Set([...unit.text.matchAll(/\bstd::(\w+)/g)].map(([, name = '']) => name));
  return [...used].flatMap((name) => {
    const headers = kStandardNames.get(name);
    if (headers === undefined) return [`std::${name}: test/tidy/standard-names.ts lacks it`];
    return headers.some((header) => included.has(header)) ? [] : [`std::${name}: <${headers[0]}>`];
  });
}

/** The headers that declare a name outside any class, by name. */
function declaringHeaders(units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const found = new Map<string, Unit[]>();
  for (const unit of units.filter(({ path }) => path.endsWith('.h'))) {
    for (const [, ...names] of unit.text.matchAll(kDeclaration)) {
      const name = names.find((each) => each !== undefined) ?? '';
      found.set(name, [...(found.get(name) ?? []), unit]);
    }
  }
  return found;
}

/**
 * Declarations in the first column, where no member of a class begins: types, aliases, constants,
 * functions.
 */
const kDeclaration = new RegExp(
  [
    /^(?:class|struct|union|enum(?: class)?) (?:alignas\(\w+\) )?(\w+)(?! *;)/,
    /^using (\w+) =/,
    /^inline constexpr [^=({]*?\b(k\w+)\b/,
    /^(?=[\w[])(?:\[\[\w+\]\] |inline |constexpr |extern )*(?!return|using|class|struct|enum|namespace)[\w:<>,*& ]+?[ *&](\w+)\(/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gm',
);

/**
 * A name that also occurs in a file reached by includes may be a method or a member there, so it
 * counts as known.
 */
function missingOwn(
  unit: Unit,
  reached: ReadonlySet<Unit>,
  declaring: ReadonlyMap<string, readonly Unit[]>,
): readonly string[] {
  const known = new Set([...reached].filter((other) => other !== unit).flatMap(wordsOf));
  const used = new Set([...unit.text.matchAll(kUse)].map(([name]) => name));
  return [...used].flatMap((name) => {
    const headers = declaring.get(name) ?? [];
    const isKnown = headers.length === 0 || headers.includes(unit) || known.has(name);
    if (isKnown || declares(unit, name)) return [];
    return [`${name}: ${headers.map(({ path }) => path).join(' or ')}`];
  });
}

/** Uses of types, constants and functions, but not of members, which follow a dot or an arrow. */
const kUse = /(?<![.\w]|->|Napi::)(?:k?[A-Z]\w*\b|[a-z]\w*(?=\())/g;

const words = new WeakMap<Unit, readonly string[]>();

function wordsOf(unit: Unit): readonly string[] {
  const known = words.get(unit) ?? [...new Set(unit.text.match(/[A-Za-z_]\w+/g) ?? [])];
  words.set(unit, known);
  return known;
}

/** Whether the file itself declares the name: as a type, a variable, a parameter or a function. */
function declares({ text }: Unit, name: string): boolean {
  return new RegExp(`(?:[\\w>\\]&*]|\\bauto) +[&*]?${name}\\b|::${name}\\(|[&*]${name}\\b`).test(
    text,
  );
}
