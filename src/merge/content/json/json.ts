/** Three JSON texts → one: objects by key, lists in order, in the disk's format. */

import { isSet, mergeSets } from '../ordered-set.ts';
import { agreed, mapThree, type Three } from '../three.ts';
import {
  type Indentation,
  indentWithin,
  isInline,
  print,
  printInline,
  printLines,
  withItems,
} from './json-print.ts';
import {
  type JsonContainer,
  type JsonItem,
  type JsonNode,
  jsoncFault,
  parseJson,
} from './json-tree.ts';
import { mergeOrdered } from './ordered.ts';

export type MergedJson =
  | { readonly kind: 'merged'; readonly text: string }
  | { readonly kind: 'conflict'; readonly reason: string }
  /** One of the texts isn't plain JSON, but may contain comments: it must be merged by lines. */
  | { readonly kind: 'not-json' };

/**
 * `informed`: the next version was built from the one on disk, so it is right wherever both sides
 * changed a value. Errors: a conflict's reason gives the JSON pointer of each contradiction, or the
 * line that isn't JSON.
 */
export function mergeJson(
  texts: Three<string>,
  { informed }: { readonly informed: boolean } = { informed: false },
): MergedJson {
  const { base, disk, next } = mapThree(texts, parseJson);
  if (disk.kind === 'fault') {
    const fault = jsoncFault(texts.disk);
    if (fault === null) return { kind: 'not-json' };
    return { kind: 'conflict', reason: `it cannot be parsed: ${fault}` };
  }
  if (base.kind === 'fault' || next.kind === 'fault') return { kind: 'not-json' };
  const merger = new Merger(unitOf(disk.root) ?? unitOf(next.root) ?? '  ', informed);
  const sides = { base: base.root, disk: disk.root, next: next.root };
  const root = merger.merge(sides, { pointer: '', indent: '', isInline: false });
  if (merger.conflicts.length > 0) return { kind: 'conflict', reason: reasonOf(merger.conflicts) };
  return { kind: 'merged', text: disk.before + (root?.text ?? '') + disk.after };
}

/** White space per level; null if everything is on one line. */
function unitOf(root: JsonNode): string | null {
  if (root.kind === 'scalar') return null;
  const unit = indentWithin(root, '');
  return unit === '' ? null : unit;
}

/** The number of contradictions a reason lists. */
const kMaxNamed = 3;

function reasonOf(conflicts: readonly string[]): string {
  const rest = conflicts.length - kMaxNamed;
  const more = rest > 0 ? [`${rest} more`] : [];
  return [...conflicts.slice(0, kMaxNamed), ...more].join('; ');
}

interface At {
  /** RFC 6901. */
  readonly pointer: string;
  /** White space before the line on which the disk's value begins. */
  readonly indent: string;
  /** Whether the value is inside another value that is written on one line. */
  readonly isInline: boolean;
}

/** Null on a side that lacks the value. */
type Sides = Three<JsonNode | null>;

/** Collects all contradictions, so the user sees every one of them at once. */
class Merger {
  readonly conflicts: string[] = [];
  readonly #unit: string;
  readonly #isInformed: boolean;

  constructor(unit: string, isInformed: boolean) {
    this.#unit = unit;
    this.#isInformed = isInformed;
  }

  /** The resulting value; null for none. */
  merge(sides: Sides, at: At): JsonNode | null {
    const { base, disk, next } = sides;
    const canons = mapThree(sides, (side) => side?.canon);
    if (canons.disk === canons.next || canons.next === canons.base) return disk;
    if (disk?.kind === 'object' && next?.kind === 'object') {
      const before = base?.kind === 'object' ? base : null;
      return this.#mergeObjects({ base: before, disk, next }, at);
    }
    const easy = agreed(canons);
    if (easy !== null || this.#isInformed) return this.#take(sides, at);
    if (disk?.kind === 'array' && next?.kind === 'array' && (base ?? disk).kind === 'array') {
      const before = base?.kind === 'array' ? base : null;
      const merged = this.#mergeArrays({ base: before, disk, next }, at);
      if (merged !== null) return merged;
    }
    this.conflicts.push(contradiction(sides, at.pointer));
    return disk;
  }

  #mergeObjects({ base, disk, next }: OfContainers, at: At): JsonNode {
    const members = { base: membersOf(base), disk: membersOf(disk), next: membersOf(next) };
    const keys = mapThree(members, (map) => [...map.keys()]);
    const place = placeWithin(disk, at);
    const items = new Map<string, JsonItem>();
    for (const key of new Set([...keys.base, ...keys.disk, ...keys.next])) {
      const found = mapThree(members, (map) => map.get(key));
      const within = { ...place, pointer: `${at.pointer}/${escaped(key)}` };
      const value = this.merge(
        mapThree(found, (item) => item?.value ?? null),
        within,
      );
      const item = found.disk ?? found.next;
      if (value !== null && item !== undefined) items.set(key, { ...item, value });
    }
    const order = mergeSets(keys).flatMap((key) => items.get(key) ?? []);
    return this.#withItems({ base, disk, next }, order, at);
  }

  /** Null if an array isn't a set, or if the sides contradict each other. */
  #mergeArrays({ base, disk, next }: OfContainers, at: At): JsonNode | null {
    const sides = { base: base ?? kEmptyArray, disk, next };
    const keys = mapThree(sides, ({ items }) => items.map(({ key }) => key));
    if (![keys.base, keys.disk, keys.next].every(isSet)) return null;
    const merged = mergeOrdered(keys);
    if (merged === null) return null;
    const known = new Map([...next.items, ...disk.items].map((item) => [item.key, item]));
    const items = merged.flatMap((key) => known.get(key) ?? []);
    const inDisk = new Set(keys.disk);
    const place = placeWithin(disk, at);
    const printed = items.map((item) => {
      if (inDisk.has(item.key)) return item;
      const value = this.#take({ base: null, disk: null, next: item.value }, place);
      return { ...item, value: value ?? item.value };
    });
    return this.#withItems(sides, printed, at);
  }

  #withItems({ disk, next }: OfContainers, items: readonly JsonItem[], at: At): JsonNode {
    if (disk.items.length === 0) return this.#ofNext(next, items, at);
    const inDisk = new Set(disk.items.map(({ key }) => key));
    const label = disk.items[0]?.label ?? '';
    const colon = label.slice(label.lastIndexOf('"') + 1);
    const formed = items.map((item) => {
      if (inDisk.has(item.key)) return item;
      return { ...item, tail: '', label: item.label.replace(/\s*:\s*$/, colon) };
    });
    return { ...disk, text: withItems(disk, formed) };
  }

  /**
   * If the disk's container is empty, there is no format to keep, so the generators' format is
   * used.
   */
  #ofNext(next: JsonContainer, items: readonly JsonItem[], at: At): JsonNode {
    const isOnOne = at.isInline || isInline(next) || items.length === 0;
    const place = { indent: at.indent, unit: this.#unit };
    const text = isOnOne ? withItems(next, items) : printLines({ ...next, items }, place);
    return { ...next, text };
  }

  /**
   * The generators' value. It is put on one line or on many as the user has chosen; if the user has
   * changed nothing about that, as generated.
   */
  #take({ base, disk, next }: Sides, at: At): JsonNode | null {
    if (next === null || next.kind === 'scalar') return next;
    const place: Indentation = { indent: at.indent, unit: this.#unit };
    const isUsers = disk !== null && disk.kind === base?.kind && formOf(disk) !== formOf(base);
    const form = formOf(isUsers ? disk : next);
    if (form === 'inline' || at.isInline) return { ...next, text: printInline(next) };
    return { ...next, text: (isUsers ? printLines : print)(next, place) };
  }
}

function placeWithin(disk: JsonContainer, at: At): At {
  const isOnOne = isInline(disk) && disk.items.length > 0;
  return { ...at, indent: indentWithin(disk, at.indent), isInline: at.isInline || isOnOne };
}

interface OfContainers {
  readonly base: JsonContainer | null;
  readonly disk: JsonContainer;
  readonly next: JsonContainer;
}

const kEmptyArray: JsonContainer = { kind: 'array', text: '[]', canon: '[]', items: [], rest: '' };

function formOf(node: JsonNode): 'scalar' | 'empty' | 'inline' | 'lines' {
  if (node.kind === 'scalar') return 'scalar';
  if (node.items.length === 0) return 'empty';
  return isInline(node) ? 'inline' : 'lines';
}

function membersOf(node: JsonContainer | null): ReadonlyMap<string, JsonItem> {
  return new Map((node?.items ?? []).map((item) => [item.key, item]));
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function contradiction({ base, disk, next }: Sides, pointer: string): string {
  const name = pointer === '' ? 'the whole value' : pointer;
  if (disk === null) return `you removed ${name}, and its generated value changed`;
  if (next === null) return `you changed ${name}, and it is no longer generated`;
  return `both sides ${base === null ? 'added' : 'changed'} ${name}`;
}
