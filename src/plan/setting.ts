/** One thing that a generated server is told by a flag, a variable or a key of its file. */

export interface Setting {
  /** `drain-timeout-ms`: the key of the file; the flag is it behind two dashes. */
  readonly key: string;
  readonly group: SettingGroup;
  readonly takes: Shape;
  /** A line of `--help`. */
  readonly help: string;
  /** Whether it says how long the program may take to end: what runs it waits for longer. */
  readonly isDrain?: true;
  /** Its paragraph of `config/server.toml`; empty where the one before tells of both. */
  readonly story: readonly string[];
}

/** In the order of the file. */
export const kSettingGroups = [
  'Addresses',
  'Workers',
  'Memory',
  'Upstream',
  'Files',
  'Connections',
  'Deadlines',
  'Sizes',
  'Logs',
] as const;

export type SettingGroup = (typeof kSettingGroups)[number];

/** Which values a setting takes, and its default. */
export type Shape = AddressesShape | AddressShape | NumberShape | ChoiceShape | PathShape;

/** One or more places to listen at: `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/x`, `unix:@x`. */
export interface AddressesShape {
  readonly kind: 'addresses';
  readonly default: readonly string[];
}

export interface AddressShape {
  readonly kind: 'address';
  readonly default: string;
}

export interface NumberShape {
  readonly kind: 'number';
  readonly unit: 'count' | 'ms' | 'bytes' | 'bytes/s';
  readonly min: number;
  readonly max: number;
  readonly default: number | 'auto';
  /** What `auto`, or 0, stands for; null where a number is wanted. */
  readonly auto: Automatic | null;
}

export interface Automatic {
  /** In words: `a quarter of the memory`. */
  readonly is: string;
  /** As an expression of each language; null where the server finds it out for itself. */
  readonly expressions: { readonly cpp: string; readonly typescript: string } | null;
}

export interface ChoiceShape {
  readonly kind: 'choice';
  readonly values: readonly string[];
  readonly default: string;
}

export interface PathShape {
  readonly kind: 'path';
  /** A folder to read from, or a file to append to. */
  readonly of: 'folder' | 'log';
  /** A word that may stand instead: `stderr`, `off`. */
  readonly word: string | null;
  readonly default: string;
}

export interface Drain {
  readonly key: string;
  readonly ms: number;
}

/** How long the program may take to end by default. Throws where nobody contributes that. */
export function drainOf(settings: readonly Setting[]): Drain {
  const found = settings.find(({ isDrain }) => isDrain);
  if (found?.takes.kind !== 'number') throw new Error('no setting says how long the end takes');
  return { key: found.key, ms: Number(found.takes.default) };
}

/** A number that has to be said. */
export function numberShape(
  unit: NumberShape['unit'],
  min: number,
  max: number,
  usual: number,
): NumberShape {
  return { kind: 'number', unit, min, max, default: usual, auto: null };
}
