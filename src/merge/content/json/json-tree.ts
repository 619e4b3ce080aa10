/** JSON as a tree that keeps its text: every piece of the source belongs to exactly one node. */

export type JsonNode = JsonScalar | JsonContainer;

export interface JsonScalar {
  readonly kind: 'scalar';
  /** As it stands in the source: numbers beyond a double keep their digits. */
  readonly text: string;
  /** Equal for equal values. */
  readonly canon: string;
}

export interface JsonContainer {
  readonly kind: 'object' | 'array';
  readonly text: string;
  readonly canon: string;
  readonly items: readonly JsonItem[];
  /** The white space in front of the closing bracket. */
  readonly rest: string;
}

/** A member of an object, or an element of an array. */
export interface JsonItem {
  /** The key, unescaped; of an element its value's canon. */
  readonly key: string;
  /** White space in front of it. */
  readonly lead: string;
  /** `"key": ` as it stands in the source; empty for an element. */
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

/** Errors: a fault names its line: `line 3: Unexpected token }`, `line 4: "a" stands twice`. */
export function parseJson(text: string): ParsedJson {
  const fault = jsonFault(text);
  if (fault !== null) return { kind: 'fault', fault };
  const scanner = new Scanner(text);
  const before = scanner.space();
  const root = scanner.value();
  if (scanner.twice !== null) return { kind: 'fault', fault: scanner.twice };
  return { kind: 'parsed', before, root, after: scanner.space() };
}

/** Why it is not JSON; null if it is. */
function jsonFault(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    // Thousands of brackets overflow the stack.
    if (!(error instanceof SyntaxError)) return 'it is nested too deeply';
    const [, position = text.length] = /position (\d+)/.exec(error.message) ?? [];
    const message = error.message.replace(
      /,? (\.\.\.)?"[\s\S]*is not valid JSON$| in JSON.*$/s,
      '',
    );
    return `line ${lineAt(text, Number(position))}: ${message}`;
  }
}

/** Why a text is no JSON, not even with comments, or commas behind the last item. */
export function jsoncFault(text: string): string | null {
  const blank = (match: string): string =>
    match.startsWith('"') ? match : match.replace(/\S/g, ' ');
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/.*|\/\*[\s\S]*?\*\//g, blank);
  const parsed = parseJson(bare.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, blank));
  return parsed.kind === 'fault' ? parsed.fault : null;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Walks over a text that `JSON.parse` takes, which is why it expects no error. */
class Scanner {
  readonly #text: string;
  #at = 0;
  /** The first key that stands twice in one object: `JSON.parse` would drop its first value. */
  twice: string | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  space(): string {
    return this.#take(/[ \t\n\r]*/y);
  }

  value(): JsonNode {
    const first = this.#text[this.#at];
    if (first === '{' || first === '[') return this.#container(first === '{' ? 'object' : 'array');
    const text = this.#take(/"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,\]}]+/y);
    return { kind: 'scalar', text, canon: first === '"' ? JSON.stringify(JSON.parse(text)) : text };
  }

  #container(kind: 'object' | 'array'): JsonContainer {
    const start = this.#at++;
    const items: JsonItem[] = [];
    const keys = new Set<string>();
    let lead = this.space();
    while (!/[}\]]/.test(this.#text[this.#at] ?? '}')) {
      const at = this.#at;
      const item = this.#item(kind, lead);
      if (kind === 'object' && keys.has(item.key)) {
        this.twice ??= `line ${lineAt(this.#text, at)}: ${JSON.stringify(item.key)} stands twice`;
      }
      keys.add(item.key);
      if (this.#text[this.#at] === ',') {
        this.#at++;
        items.push(item);
        lead = this.space();
      } else {
        items.push({ ...item, tail: '' });
        lead = item.tail;
      }
    }
    this.#at++;
    const text = this.#text.slice(start, this.#at);
    return { kind, text, canon: canonOf(kind, items), items, rest: lead };
  }

  #item(kind: 'object' | 'array', lead: string): JsonItem {
    const label = kind === 'object' ? this.#take(/"[^"\\]*(?:\\.[^"\\]*)*"\s*:\s*/y) : '';
    const value = this.value();
    const key = kind === 'object' ? keyOf(label) : value.canon;
    return { key, lead, label, value, tail: this.space() };
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [match = ''] = pattern.exec(this.#text) ?? [];
    this.#at += match.length;
    return match;
  }
}

function keyOf(label: string): string {
  return JSON.parse(label.replace(/\s*:\s*$/, ''));
}

/** The order of keys says nothing, the order of elements does. */
function canonOf(kind: 'object' | 'array', items: readonly JsonItem[]): string {
  if (kind === 'array') return `[${items.map(({ value }) => value.canon).join()}]`;
  const members = items.map(({ key, value }) => `${JSON.stringify(key)}:${value.canon}`);
  return `{${members.sort().join()}}`;
}
