/**
 * The values that a setting accepts: the text of a flag or a variable, or the value in the file.
 */

import { z } from 'zod';

/** One setting of the server. `Value` is what it becomes, `Raw` what is printed of it. */
export interface Setting<Value = unknown, Raw = Value> {
  readonly schema: z.ZodType<Raw>;
  readonly default: Raw;
  /** What the program works with. */
  resolve(raw: Raw): Value;
  readonly group: string;
  readonly help: string;
  /** Follows the flag in the help: `MS`, `ADDR`, `serve|abort`. */
  readonly shape: string;
  /** Whether the value is a list; in a variable, commas separate its elements. */
  readonly isList?: boolean;
  /** The flag alone means `true`. */
  readonly isSwitch?: boolean;
  /** What the value names in the file system, if anything. */
  readonly place?: Place;
  /** Texts allowed instead of such a name. */
  readonly words?: readonly string[];
  /** Why the named place can't be used now; null: it can. */
  faultOf?(raw: Raw): string | null;
}

/** A folder that is read, a log, a file that is written whole, or a possible UNIX socket. */
export type Place = 'folder' | 'log' | 'file' | 'address' | 'addresses';

/** The settings by key, as declared by a configuration. */
export type Settings = Readonly<Record<string, Setting>>;

interface Meaning<Raw> {
  readonly group: string;
  readonly help: string;
  readonly default: Raw;
}

const address = z
  .string()
  .refine(isAddress, 'expected an address such as 127.0.0.1:8080, [::1]:8080 or unix:/path');

/** One or more addresses to listen at. */
export function addresses(meaning: Meaning<readonly string[]>): Setting<readonly string[]> {
  const schema = z.array(address).min(1);
  return { ...meaning, schema, shape: 'ADDR', isList: true, place: 'addresses', resolve: asIs };
}

export function oneAddress(meaning: Meaning<string> & Checked): Setting<string> {
  const shape = 'ADDR';
  return { ...checked(meaning), schema: address, shape, place: 'address', resolve: asIs };
}

/** `off`, which becomes null, means none. */
export function optionalAddress(
  meaning: Meaning<string> & Checked,
): Setting<string | null, string> {
  return {
    ...checked(meaning),
    schema: z.union(
      [z.literal('off'), address],
      'expected off, or an address such as 127.0.0.1:8080',
    ),
    shape: 'ADDR|off',
    place: 'address',
    resolve: nullForOff,
  };
}

/** On or off. */
export function onOff(meaning: Meaning<boolean>): Setting<boolean> {
  const toBoolean = (value: unknown) => ({ true: true, false: false })[String(value)] ?? value;
  const schema = z.preprocess(toBoolean, z.boolean('expected true or false'));
  return { ...meaning, schema, shape: 'true|false', isSwitch: true, resolve: asIs };
}

/** A word or a name; may be empty if `empty` says what that means. */
export function text(
  meaning: Meaning<string> & Checked & { readonly shape: string; readonly empty?: string },
): Setting<string> {
  const any = z.string('expected text');
  const schema = meaning.empty === undefined ? any.min(1, 'must not be empty') : any;
  return { ...checked(meaning), schema, shape: meaning.shape, resolve: asIs };
}

interface Range {
  readonly unit: 'N' | 'MS' | 'BYTES' | 'BYTES/S';
  readonly min: number;
  readonly max: number;
}

export function whole(meaning: Meaning<number> & Range): Setting<number, number> {
  return { ...meaning, schema: wholeNumber(meaning), shape: meaning.unit, resolve: asIs };
}

/** `auto`, and 0, mean `automatic`. */
export function wholeOrAuto<Automatic extends number | 'auto'>(
  meaning: Meaning<number | 'auto'> & Range & { readonly automatic: Automatic },
): Setting<number | Automatic, number | 'auto'> {
  const { min, max, automatic, unit } = meaning;
  const error = `expected auto, or a whole number from ${min} to ${max}`;
  return {
    ...meaning,
    schema: z.union([z.literal('auto'), wholeNumber(meaning)], error),
    shape: `${unit}|auto`,
    resolve: (raw) => (raw === 'auto' || raw === 0 ? automatic : raw),
  };
}

export function choice<const Word extends string>(
  meaning: Meaning<NoInfer<Word>> & { readonly values: readonly Word[] },
): Setting<Word> {
  const { values } = meaning;
  const schema = z.enum(values, `expected one of ${values.join(', ')}`);
  return { ...meaning, schema, shape: values.join('|'), resolve: asIs };
}

/** Why a text can't be used here and now; null: it can. */
type Check = (value: string) => string | null;

interface Checked {
  readonly check?: Check;
}

function checked<Given extends Meaning<string> & Checked>({ check, ...meaning }: Given) {
  return { ...meaning, ...(check === undefined ? {} : { faultOf: check }) };
}

/** A folder to read from. */
export function folder(meaning: Meaning<string> & Checked): Setting<string> {
  const schema = z.string().min(1);
  return { ...checked(meaning), schema, shape: 'DIR', place: 'folder', resolve: asIs };
}

/** A folder; `off`, which becomes null, means none. */
export function optionalFolder(meaning: Meaning<string> & Checked): Setting<string | null, string> {
  return { ...placeOr('off', 'DIR', meaning), place: 'folder', resolve: nullForOff };
}

/** A file that gets lines; `stderr` isn't one. */
export function logFile(meaning: Meaning<string> & Checked): Setting<string> {
  return { ...placeOr('stderr', 'FILE', meaning), place: 'log', resolve: asIs };
}

/** A file that gets lines; `off`, which becomes null, means none. */
export function optionalFile(meaning: Meaning<string> & Checked): Setting<string | null, string> {
  return { ...placeOr('off', 'FILE', meaning), place: 'log', resolve: nullForOff };
}

/** A file that is written whole; `off`, which becomes null, means none. */
export function writtenFile(meaning: Meaning<string> & Checked): Setting<string | null, string> {
  return { ...placeOr('off', 'FILE', meaning), place: 'file', resolve: nullForOff };
}

/** A file that gets lines, or a word for another place; `off`, which becomes null, means none. */
export function logPlace(
  meaning: Meaning<string> & Checked & { readonly words: readonly string[] },
): Setting<string | null, string> {
  const { words, ...rest } = meaning;
  const { shape, faultOf, ...place } = placeOr('off', 'FILE', rest);
  return {
    ...place,
    shape: [shape, ...words].join('|'),
    faultOf: (path) => (words.includes(path) ? null : faultOf(path)),
    resolve: nullForOff,
  };
}

function placeOr(word: string, shape: 'DIR' | 'FILE', meaning: Meaning<string> & Checked) {
  const { check, ...rest } = meaning;
  return {
    ...rest,
    schema: z.string().min(1),
    shape: `${shape}|${word}`,
    words: [word],
    faultOf: (path: string) => (path === word ? null : (check?.(path) ?? null)),
  };
}

function nullForOff(text: string): string | null {
  return text === 'off' ? null : text;
}

function asIs<Raw>(raw: Raw): Raw {
  return raw;
}

/** A number from the file, or the digits of a flag. */
function wholeNumber({ min, max }: Range): z.ZodType<number> {
  const error = `expected a whole number from ${min} to ${max}`;
  const toNumber = (value: unknown) => {
    return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  };
  return z.preprocess(toNumber, z.number(error).int(error).min(min, error).max(max, error));
}

function isAddress(text: string): boolean {
  if (text.startsWith('unix:')) return text.length > 'unix:'.length;
  const port = /^(?:\[[^\]]+\]|[^:[\]]*):(\d{1,5})$/.exec(text)?.[1];
  return port !== undefined && Number(port) <= 65_535;
}
