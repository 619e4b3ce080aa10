/** Reads settings. Precedence: flags, variables, the file, defaults. */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { parse, stringify } from 'smol-toml';
import type { z } from 'zod';
import type { Setting, Settings } from './kinds.ts';

export interface Program {
  readonly name: string;
  readonly version: string;
  /** Read if it exists, unless `--config` names another. */
  readonly file: string;
  /** Where relative paths begin; by default the working directory. */
  readonly folder?: string;
}

/** A flag that requests something other than serving; `value` is empty if none is given. */
export interface Order<Values> {
  readonly flag: string;
  /** The name of its optional value in the help. */
  readonly shape: string;
  readonly help: string;
  readonly obey: (values: Values, value: string) => Reply;
}

/** What to print instead of serving, and the exit code. */
export interface Reply {
  readonly text: string;
  readonly exitCode: number;
}

/** What the program works with: `header-timeout-ms` is `headerTimeoutMs`. */
export type ValuesOf<Declared extends Settings> = {
  readonly [Key in keyof Declared as CamelCase<Key & string>]: ReturnType<Declared[Key]['resolve']>;
};

type CamelCase<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text;

const kUsageError = 2;

/** The environment variable of a setting: MY_SERVER_BACKLOG for my-server and backlog. */
export function variableOf(program: string, key: string): string {
  return `${program}_${key}`.toUpperCase().replaceAll('-', '_');
}

/** Checks all values together: returns the mistake in them, or the values to continue with. */
export type Review<Values> = (values: Values, settings: Settings) => Values | string;

/**
 * Returns the values by key, or the reply to an order or a mistake. Reads the file. Once each value
 * is valid, the reviews check all of them, one after another.
 */
export function readSettings<Declared extends Settings>(
  program: Program,
  settings: Declared,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  reviews: readonly Review<ValuesOf<Declared>>[] = [],
  orders: readonly Order<ValuesOf<Declared>>[] = [],
): ValuesOf<Declared> | Reply {
  const told = readTold(program, settings, args, environment, orders);
  if ('exitCode' in told) return told;
  const { found, printConfig, testConfig, flags } = told;
  if (printConfig) return { text: printed(found), exitCode: 0 };
  const read = resolved(settings, found) as ValuesOf<Declared>;
  for (const { flag, obey } of orders) {
    const value = flags[camelCase(flag)];
    if (value !== undefined) return obey(read, value === true ? '' : String(value));
  }
  const faults = faultsOfPlaces(settings, found);
  if (faults !== '') return wrong(faults);
  const values = reviewed(read, settings, reviews);
  if (typeof values === 'string') return wrong(`${values}\n`);
  if (testConfig) return { text: 'configuration ok\n', exitCode: 0 };
  return values;
}

/**
 * The values, in a program that is already serving: the places that settings name aren't checked.
 */
export function rereadSettings<Declared extends Settings>(
  program: Program,
  settings: Declared,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ValuesOf<Declared> | Reply {
  const told = readTold(program, settings, args, environment, []);
  return 'exitCode' in told ? told : (resolved(settings, told.found) as ValuesOf<Declared>);
}

/** What flags, variables and the file contain. */
interface Told {
  readonly found: ReadonlyMap<string, Found>;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly testConfig: boolean;
  readonly printConfig: boolean;
}

function readTold(
  program: Program,
  settings: Settings,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  orders: readonly OrderFlag[],
): Told | Reply {
  const said: string[] = [];
  const command = commandLine(program, settings, orders, said);
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { text: said.join(''), exitCode: error.exitCode === 0 ? 0 : kUsageError };
  }
  const { config, testConfig, printConfig, ...flags } = command.opts();
  const inFile = readFile(program, config);
  if (typeof inFile === 'string') return wrong(inFile);
  const { found, faults } = gathered(program, settings, { flags, environment, inFile });
  if (faults !== '') return wrong(faults);
  return { found, flags, testConfig: testConfig === true, printConfig: printConfig === true };
}

type OrderFlag = Pick<Order<unknown>, 'flag' | 'shape' | 'help'>;

function reviewed<Values>(
  values: Values,
  settings: Settings,
  reviews: readonly Review<Values>[],
): Values | string {
  let now = values;
  for (const review of reviews) {
    const next = review(now, settings);
    if (typeof next === 'string') return next;
    now = next;
  }
  return now;
}

function wrong(text: string): Reply {
  return { text, exitCode: kUsageError };
}

function commandLine(
  program: Program,
  settings: Settings,
  orders: readonly OrderFlag[],
  said: string[],
): Command {
  const say = (text: string): void => {
    said.push(text);
  };
  const { name, version, file } = program;
  const command = new Command(name)
    .description(
      `A server. Each flag is also an environment variable, and a key in ${file}: ` +
        `--backlog is ${variableOf(name, 'backlog')}, and backlog in the file.`,
    )
    .version(version, '--version');
  const repeated = (value: string, values: readonly string[] = []) => [...values, value];
  for (const [key, setting] of Object.entries(settings)) {
    const help = `${setting.help} (default: ${textOf(setting.default)})`;
    const shape = setting.isSwitch ? `[${setting.shape}]` : `<${setting.shape}>`;
    const option = new Option(`--${key} ${shape}`, help);
    if (setting.isList) option.argParser(repeated);
    command.addOption(option.helpGroup(`${setting.group}:`));
  }
  for (const { flag, shape, help } of orders) command.option(`--${flag} [${shape}]`, help);
  return command
    .option('--config <FILE>', `The configuration file (TOML; default: ${file}, if it exists)`)
    .option('-t, --test-config', 'Check the configuration and exit')
    .option('--print-config', 'Print every value and where it comes from')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: say, writeErr: say });
}

/** The file's values by key, and its path; or what is wrong with the file. */
function readFile({ file, folder = '' }: Program, wanted: string | undefined): FileTable | string {
  const path = wanted ?? file;
  const place = resolve(folder, path);
  if (wanted === undefined && !existsSync(place)) return { path, table: {} };
  try {
    return { path, table: parse(readFileSync(place, 'utf8')) };
  } catch (error) {
    return `${path}: ${(error as Error).message}\n`;
  }
}

interface FileTable {
  readonly path: string;
  readonly table: Readonly<Record<string, unknown>>;
}

interface Sources {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly inFile: FileTable;
}

/** A value, and where it comes from. */
interface Found {
  readonly raw: unknown;
  /** How an error names it: `--root`, `MY_SERVER_ROOT`, `config/server.toml: root`. */
  readonly place: string;
  /** `default`, `--root`, `MY_SERVER_ROOT`, `config/server.toml`. */
  readonly source: string;
}

interface Gathered {
  readonly found: ReadonlyMap<string, Found>;
  /** A line for each mistake, whatever its source. */
  readonly faults: string;
}

function gathered(program: Program, settings: Settings, sources: Sources): Gathered {
  const { path, table } = sources.inFile;
  const unknown = Object.keys(table).filter((key) => !Object.hasOwn(settings, key));
  const faults = unknown.map((key) => `${path}: ${key}: unknown key\n`);
  const found = new Map<string, Found>();
  for (const [key, setting] of Object.entries(settings)) {
    found.set(key, { raw: setting.default, place: `--${key}`, source: 'default' });
    // The last one wins, but each is checked: a mistake is reported with its source.
    for (const candidate of candidatesOf(program, key, setting, sources)) {
      const parsed = setting.schema.safeParse(candidate.raw);
      if (parsed.success) found.set(key, { ...candidate, raw: parsed.data });
      else faults.push(faultIn(candidate, parsed.error));
    }
  }
  return { found, faults: faults.join('') };
}

function candidatesOf(
  { name }: Program,
  key: string,
  setting: Setting,
  { flags, environment, inFile: { path, table } }: Sources,
): readonly Found[] {
  const variable = variableOf(name, key);
  const text = environment[variable];
  const inVariable = setting.isList ? text?.split(',') : text;
  return [
    {
      raw: Object.hasOwn(table, key) ? table[key] : undefined,
      place: `${path}: ${key}`,
      source: path,
    },
    { raw: inVariable, place: variable, source: variable },
    { raw: flags[camelCase(key)], place: `--${key}`, source: `--${key}` },
  ].filter(({ raw }) => raw !== undefined);
}

/** `--backlog: "many": expected a whole number …`. */
function faultIn({ raw, place }: Found, { issues: [issue] }: z.ZodError): string {
  return `${place}: ${JSON.stringify(raw)}: ${issue?.message}\n`;
}

/** Places that could not be opened at the start. Creates nothing. */
function faultsOfPlaces(settings: Settings, found: ReadonlyMap<string, Found>): string {
  const faults = [...found].map(([key, { raw, place }]) => {
    const fault = settings[key]?.faultOf?.(raw) ?? null;
    return fault === null ? '' : `${place}: ${raw} ${fault}\n`;
  });
  return faults.join('');
}

/** TOML that can be read back. */
function printed(found: ReadonlyMap<string, Found>): string {
  const lines = [...found].map(([key, { raw, source }]) => {
    return `${stringify({ [key]: raw }).trimEnd()}  # ${source}\n`;
  });
  return lines.join('');
}

function resolved(settings: Settings, found: ReadonlyMap<string, Found>): object {
  const entries = [...found].map(([key, { raw }]) => {
    return [camelCase(key), settings[key]?.resolve(raw)] as const;
  });
  return Object.fromEntries(entries);
}

/** `header-timeout-ms` → `headerTimeoutMs`, like commander. */
export function camelCase(key: string): string {
  return key.replace(/-./g, (match) => match.charAt(1).toUpperCase());
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
