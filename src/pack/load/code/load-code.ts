/** The modules of a pack the user trusts. Must not be called for any other. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCode, messageOf, UserError } from '../../../error.ts';
import type { TemplateFunction } from '../../../plan/assets.ts';
import type { Generator } from '../../../plan/generator.ts';
import type { PackDocument } from '../../document/document.ts';
import type { PackFolder } from '../../source/pack-folder.ts';
import { bounded, withoutExit } from './bounded.ts';
import { importFault } from './imports.ts';
import { privateCopy } from './private-copy.ts';
import { watched } from './watchdog.ts';

export interface LoadedCode {
  readonly generators: readonly Generator[];
  readonly helpers: Readonly<Record<string, TemplateFunction>>;
}

/** Errors: `UserError` (failure) if a module fails or exports something else. */
export async function loadCode(document: PackDocument, folder: PackFolder): Promise<LoadedCode> {
  const { generators, helpers } = document;
  return {
    generators: generators === undefined ? [] : await generatorsIn(generators, folder),
    helpers: helpers === undefined ? {} : await helpersIn(helpers, folder),
  };
}

async function generatorsIn(path: string, folder: PackFolder): Promise<readonly Generator[]> {
  const { generators } = await moduleAt(path, folder);
  const isList = Array.isArray(generators) && generators.every(isGenerator);
  if (!isList) throw refusal(path, 'it exports no list "generators" of { id, files }');
  return generators.map((generator) => ({
    ...boundedIn(path, generator),
    questions: generator.questions ?? [],
    rules: generator.rules ?? [],
  }));
}

/** The same generator, but each function must return a value in time. */
function boundedIn(path: string, generator: Generator): Generator {
  const own = Object.entries(generator).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [name, value];
    const what = `"${name}" of ${generator.id} in ${path}`;
    const call = (...args: readonly unknown[]) => {
      try {
        return bounded(what, () => value.apply(generator, [...args]));
      } catch (cause) {
        throw failed(path, cause);
      }
    };
    return [name, call];
  });
  return Object.fromEntries(own) as Generator;
}

function failed(path: string, cause: unknown): UserError {
  const message = messageOf(cause);
  const issue = { at: path, message, fix: 'Fix it, or ask its author.' };
  return new UserError(ExitCode.failure, [issue], { cause });
}

function isGenerator(value: unknown): value is Generator {
  if (typeof value !== 'object' || value === null) return false;
  const { id, files } = value as Partial<Generator>;
  return typeof id === 'string' && typeof files === 'function';
}

async function helpersIn(path: string, folder: PackFolder): Promise<LoadedCode['helpers']> {
  const exported = Object.entries(await moduleAt(path, folder)).filter(
    ([name]) => name !== 'default',
  );
  const strange = exported.find(([, call]) => typeof call !== 'function');
  if (strange !== undefined) throw refusal(path, `its export "${strange[0]}" is not a function`);
  return Object.fromEntries(
    exported.map(([name, call]) => [name, boundedFunction(path, name, call as TemplateFunction)]),
  );
}

/** The renderer adds the name of the template that calls it. */
function boundedFunction(path: string, name: string, call: TemplateFunction): TemplateFunction {
  return function (this: unknown, ...args) {
    return bounded(`the helper "${name}" of ${path}`, () => call.apply(this, [...args]));
  };
}

async function moduleAt(
  path: string,
  folder: PackFolder,
): Promise<Readonly<Record<string, unknown>>> {
  const fault = await importFault(path, folder);
  if (fault !== null) throw untrusted(path, fault);
  const { href } = pathToFileURL(join(await privateCopy(folder), path));
  try {
    return await watched(`${path} of the pack`, () => withoutExit(path, () => import(href)));
  } catch (cause) {
    throw refusal(path, `it fails: ${messageOf(cause)}`, cause);
  }
}

function untrusted(path: string, fault: string): UserError {
  const message = `did not load ${path} of the pack: ${fault}`;
  const fix =
    'Trust covers only the files of the pack: add what it imports to them, or bundle it into one ' +
    'file, for example with esbuild --bundle --format=esm --platform=node.';
  return new UserError(ExitCode.untrustedPack, [{ at: path, message, fix }]);
}

function refusal(path: string, why: string, cause?: unknown): UserError {
  const message = `cannot load ${path} of the pack: ${why}`;
  const issue = { at: path, message, fix: 'Fix it, or ask its author.' };
  return new UserError(ExitCode.failure, [issue], { cause });
}
