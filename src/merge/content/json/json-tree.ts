/** JSON as a tree that keeps its text: every piece of the source belongs to exactly one node. */

export type JsonNode = JsonScalar | JsonContainer;

export interface JsonScalar {
  readonly kind: 'scalar';
  /**
   * The node's text as in the source, so numbers beyond the precision of a double keep their
   * digits.
   */
  readonly text: string;
  /** The value in canonical form: two nodes have the same canon if their values are equal. */
  readonly canon: string;
}

export interface JsonContainer {
  readonly kind: 'object' | 'array';
  readonly text: string;
  readonly canon: string;
  readonly items: readonly JsonItem[];
  /** The white space before the closing bracket. */
  readonly rest: string;
}

/** A member of an object, or an element of an array. */
export interface JsonItem {
  /** The unescaped key of a member; for an element of an array, the canon of its value. */
  readonly key: string;
  /** White space before it. */
  readonly lead: string;
  /** `"key": ` as in the source; empty for an element. */
  readonly label: string;
  readonly value: JsonNode;
  /** White space between the value and the comma. */
  readonly tail: string;
}

export type ParsedJson =
  | {
      readonly kind: 'parsed';
      readonly before: string;
      readonly root: JsonNode;
      readonly after: string;
    }
  | { readonly kind: 'fault'; readonly fault: string };

/** Errors: a fault names its line: `line 3: unexpected "}"`, `line 4: "a" stands twice`. */
export function parseJson(text: string): ParsedJson {
  const scanner = new Scanner(text);
  try {
    return { kind: 'parsed', ...scanner.document() };
  } catch (error) {
    if (error instanceof Unexpected) return { kind: 'fault', fault: error.message };
    // Thousands of brackets overflow the stack.
    if (error instanceof RangeError) return { kind: 'fault', fault: 'it is nested too deeply' };
    throw error;
  }
}

/** Why a text isn't JSON, even allowing comments and trailing commas. */
export function jsoncFault(text: string): string | null {
  const blank = (match: string): string =>
    match.startsWith('"') ? match : match.replace(/\S/g, ' ');
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/.*|\/\*[\s\S]*?\*\//g, blank);
  const parsed = parseJson(bare.replace(/"(?:[^"\\\n]|\\.)*"|(?<![,[{]\s*),(?=\s*[}\]])/g, blank));
  return parsed.kind === 'fault' ? parsed.fault : null;
}

/** Stays within this file. */
class Unexpected extends Error {}

const kSpace = /[ \t\n\r]*/y;
const kString = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const kWord = /[-+.\w]+/y;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): { readonly before: string; readonly root: JsonNode; readonly after: string } {
    const before = this.#take(kSpace);
    const root = this.#value();
    const after = this.#take(kSpace);
    if (this.#at < this.#text.length) this.#refuse();
    return { before, root, after };
  }

  #value(): JsonNode {
    const first = this.#text[this.#at];
    if (first === '{') return this.#container('object', '}');
    if (first === '[') return this.#container('array', ']');
    const start = this.#at;
    const text = this.#take(first === '"' ? kString : kWord);
    const value = this.#parsed(text, start);
    // Two numbers that are equal as doubles count as different if their digits differ.
    return { kind: 'scalar', text, canon: first === '"' ? JSON.stringify(value) : text };
  }

  #container(kind: 'object' | 'array', end: string): JsonContainer {
    const start = this.#at++;
    const items: JsonItem[] = [];
    const keys = new Set<string>();
    let lead = this.#take(kSpace);
    let isOpen = this.#text[this.#at] !== end;
    while (isOpen) {
      const at = this.#at;
      const item = this.#item(kind, lead);
      if (kind === 'object' && keys.has(item.key)) {
        this.#complain(at, `${JSON.stringify(item.key)} appears twice`);
      }
      keys.add(item.key);
      isOpen = this.#text[this.#at] === ',';
      items.push(isOpen ? item : { ...item, tail: '' });
      if (isOpen) this.#at++;
      lead = isOpen ? this.#take(kSpace) : item.tail;
    }
    this.#expect(end);
    const text = this.#text.slice(start, this.#at);
    return { kind, text, canon: canonOf(kind, items), items, rest: lead };
  }

  #item(kind: 'object' | 'array', lead: string): JsonItem {
    if (kind === 'array') {
      const value = this.#value();
      return { key: value.canon, lead, label: '', value, tail: this.#take(kSpace) };
    }
    const start = this.#at;
    const key = this.#parsed(this.#take(kString), start);
    this.#take(kSpace);
    this.#expect(':');
    this.#take(kSpace);
    const label = this.#text.slice(start, this.#at);
    return { key: String(key), lead, label, value: this.#value(), tail: this.#take(kSpace) };
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [match = ''] = pattern.exec(this.#text) ?? [];
    this.#at += match.length;
    return match;
  }

  #expect(bracket: string): void {
    if (this.#text[this.#at] !== bracket) this.#refuse();
    this.#at++;
  }

  /** Strings, numbers and names are checked by `JSON.parse`. */
  #parsed(text: string, at: number): unknown {
    try {
      return JSON.parse(text);
    } catch {
      this.#at = at;
      return this.#refuse();
    }
  }

  #refuse(): never {
    const character = this.#text[this.#at];
    const what = character === undefined ? 'end' : JSON.stringify(character);
    return this.#complain(this.#at, `unexpected ${what}`);
  }

  #complain(at: number, what: string): never {
    const line = this.#text.slice(0, at).split('\n').length;
    throw new Unexpected(`line ${line}: ${what}`);
  }
}

/** Objects with the same members in a different order are equal, but not arrays. */
function canonOf(kind: 'object' | 'array', items: readonly JsonItem[]): string {
  if (kind === 'array') return `[${items.map(({ value }) => value.canon).join()}]`;
  const members = items.map(({ key, value }) => `${JSON.stringify(key)}:${value.canon}`);
  return `{${members.sort().join()}}`;
}
