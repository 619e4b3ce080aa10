/** One thing a generated server can be told by a flag, a variable or a key of its file. */

export interface Setting {
  /** `drain-timeout-ms`: the key in the file; the flag is the same after two dashes. */
  readonly key: string;
  readonly group: SettingGroup;
  readonly takes: Shape;
  /** A line of `--help`. */
  readonly help: string;
  /**
   * Whether this limits how long the program may take to stop: a supervisor must wait longer than
   * that.
   */
  readonly isDrain?: true;
  /** Whether it may change while the program runs: a reload applies the new value. */
  readonly reloads?: true;
  /** Its paragraph in `config/server.toml`; empty if the previous setting's covers both. */
  readonly story: readonly string[];
  /** A check, at the start and at `-t`, of whether a text can be used on this machine right now. */
  readonly check?: Check;
}

/**
 * A function of the value. Returns why the value can't be used; if it can, returns nothing (in C++:
 * no value).
 */
export interface Check {
  /** Declared below `src/`, in the namespace of the project. */
  readonly cpp: { readonly header: string; readonly function: string };
  /** Exported by a module below `src/`: `daemon/account`. */
  readonly typescript: { readonly module: string; readonly function: string };
}

/** In file order. */
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
  'Operations',
  'Daemon',
] as const;

export type SettingGroup = (typeof kSettingGroups)[number];

/** Which values a setting takes, and its default. */
export type Shape =
  | AddressesShape
  | AddressShape
  | NumberShape
  | ChoiceShape
  | PathShape
  | SwitchShape
  | TextShape;

/** One or more places to listen at: `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/x`, `unix:@x`. */
export interface AddressesShape {
  readonly kind: 'addresses';
  readonly default: readonly string[];
}

export interface AddressShape {
  readonly kind: 'address';
  /** A word that may be given instead of an address: `off`. */
  readonly word: string | null;
  readonly default: string;
}

/** On or off: `--daemon`, `daemon = true`. */
export interface SwitchShape {
  readonly kind: 'switch';
  readonly default: boolean;
}

export interface TextShape {
  readonly kind: 'text';
  /** The help's name for it: `USER`. */
  readonly shape: string;
  /** What an empty text means, in words; null if it must not be empty. */
  readonly empty: string | null;
  readonly default: string;
}

export interface NumberShape {
  readonly kind: 'number';
  readonly unit: 'count' | 'ms' | 'bytes' | 'bytes/s';
  readonly min: number;
  readonly max: number;
  readonly default: number | 'auto';
  /** What `auto`, or 0, means; null if a number is required. */
  readonly auto: Automatic | null;
}

export interface Automatic {
  /** In words: `a quarter of the memory`. */
  readonly is: string;
  /** As an expression of each language; null if the server determines it itself. */
  readonly expressions: { readonly cpp: string; readonly typescript: string } | null;
}

export interface ChoiceShape {
  readonly kind: 'choice';
  readonly values: readonly string[];
  readonly default: string;
}

export interface PathShape {
  readonly kind: 'path';
  /** A folder to read from, a file to append to, or a file written as a whole. */
  readonly of: 'folder' | 'log' | 'file';
  /** A word that may be given instead of a path: `stderr`, `off`. */
  readonly word: string | null;
  /** Further words, for places that aren't files: `syslog`. */
  readonly further?: readonly string[];
  /** Says whether the program already has the file open: then the path isn't checked. */
  readonly given?: Check;
  readonly default: string;
}

export interface Drain {
  readonly key: string;
  readonly ms: number;
}

/** How long the program may take to stop by default. Throws if no generator contributes that. */
export function drainOf(settings: readonly Setting[]): Drain {
  const found = settings.find(({ isDrain }) => isDrain);
  if (found?.takes.kind !== 'number') throw new Error('no setting says how long the end takes');
  return { key: found.key, ms: Number(found.takes.default) };
}

/** A number that must be given. */
export function numberShape(
  unit: NumberShape['unit'],
  min: number,
  max: number,
  usual: number,
): NumberShape {
  return { kind: 'number', unit, min, max, default: usual, auto: null };
}
