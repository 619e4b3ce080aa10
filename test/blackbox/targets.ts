/**
 * The servers against which vitest runs the whole suite, in every form and with faults: each
 * language's default, also level-triggered. test/matrix covers all other architectures, and the
 * sanitizers. Each is generated and built under `.cache/blackbox/`, again when the package has
 * changed. BLACKBOX_TARGETS, a JSON list of `{"name", "cwd", "start": [argv…]}`, replaces them.
 */

import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { quickBuilds } from '../../scripts/build-environment.ts';
import { builtOnce, kCoreFolders } from '../built-once.ts';
import type { Target } from './server.ts';

export interface Subject {
  readonly name: string;
  /** Every check in every form; otherwise without those that cut the input everywhere. */
  readonly thorough: boolean;
  /**
   * A level-triggered loop is reminded of what it hasn't handled yet; an edge is reported only
   * once.
   */
  readonly trigger: 'edge' | 'level';
  /** Generates and builds it. Errors: what the failed command has printed. */
  readonly prepare: () => Promise<Target>;
}

interface Row extends Omit<Subject, 'prepare'> {
  /** For the generator. */
  readonly flags: readonly string[];
}

// Faults affect the two triggers differently: with edges, a report must not be missed.
const triggers: readonly Row[] = (['edge', 'level'] as const).map((trigger) => ({
  name: `cpp-${trigger}`,
  flags: ['--language', 'cpp', '--io-trigger', trigger],
  trigger,
  thorough: trigger === 'edge',
}));

const typescript: Row = {
  name: 'typescript',
  flags: ['--language', 'typescript'],
  trigger: 'edge',
  thorough: true,
};

const rows: readonly Row[] = [...triggers, typescript];

/** Errors: BLACKBOX_TARGETS has the wrong form. */
export function subjects(): readonly Subject[] {
  const text = process.env.BLACKBOX_TARGETS;
  if (text === undefined) return rows.map((row) => ({ ...row, prepare: () => prepared(row) }));
  return z.array(targetSchema).parse(JSON.parse(text)).map(given);
}

function given(target: Target): Subject {
  const prepare = () => Promise.resolve(target);
  return { name: target.name, thorough: true, trigger: 'edge', prepare };
}

const argv = z.array(z.string()).min(1);
const targetSchema: z.ZodType<Target> = z.strictObject({
  name: z.string(),
  cwd: z.string(),
  start: argv,
  hasWorkers: z.boolean().default(true),
  environment: z.record(z.string(), z.string()).default({}),
});
const reportSchema = z.object({
  directory: z.string(),
  commands: z.object({ install: argv.nullable(), build: argv, start: argv }),
});

const repository = resolve(import.meta.dirname, '..', '..');
const cache = join(repository, '.cache', 'blackbox');

function prepared(row: Row): Promise<Target> {
  return builtOnce({
    home: join(cache, row.name),
    from: ['dist', 'templates', 'schemas', ...kCoreFolders],
    schema: targetSchema,
    build: () => build(row),
  });
}

async function build({ name, flags }: Row): Promise<Target> {
  rmSync(join(cache, name), { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const tool = join(repository, 'dist', 'bin.js');
  const wish = ['--yes', '--name', 'my-server', ...flags, '--json', '--no-git', '--no-build'];
  const text = await run([process.execPath, tool, name, ...wish], cache);
  const { commands, directory: cwd } = reportSchema.parse(JSON.parse(text));
  if (commands.install !== null) await run(commands.install, cwd);
  await run(commands.build, cwd);
  return { name, cwd, start: commands.start };
}

async function run(command: readonly string[], cwd: string): Promise<string> {
  const [program = '', ...rest] = command;
  // ccache counts paths from here, so all targets share their objects.
  const env = { ...process.env, ...quickBuilds(), CCACHE_BASEDIR: cache };
  const options = { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  try {
    return (await promisify(execFile)(program, rest, options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command.join(' ')} in ${cwd}\n${stdout}\n${stderr}`, { cause: error });
  }
}
