/**
 * Writes native-core/generated/ from the grammars: `tsx native-core/fsm/build.ts`.
 * With `--check` it writes nothing and exits 4 when a file differs from what would be written.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExitCode } from '../../src/error.ts';
import { compileGrammar, type GeneratedFile } from '../../src/fsm/compile-grammar.ts';
import { lengthPrefixGrammar } from './framing/length-prefix-grammar.ts';
import { lineGrammar } from './framing/line-grammar.ts';
import { namesHeader } from './http/names-header.ts';
import { requestGrammar } from './http/request-grammar.ts';

const folder = fileURLToPath(new URL('../generated/', import.meta.url));

async function isCurrent({ name, text }: GeneratedFile): Promise<boolean> {
  const found = await readFile(join(folder, name), 'utf8').catch(() => undefined);
  return found === text;
}

async function check(files: readonly GeneratedFile[]): Promise<number> {
  const current = await Promise.all(files.map(isCurrent));
  const stale = files.filter((_, index) => !current[index]).map(({ name }) => name);
  const expected = new Set(files.map(({ name }) => name));
  const unknown = (await readdir(folder)).filter(
    (name) => !name.startsWith('.') && !expected.has(name),
  );
  for (const name of [...stale, ...unknown]) {
    console.error(`native-core/generated/${name} has drifted; run: tsx native-core/fsm/build.ts`);
  }
  return stale.length + unknown.length === 0 ? ExitCode.done : ExitCode.drift;
}

async function write(files: readonly GeneratedFile[]): Promise<number> {
  await mkdir(folder, { recursive: true });
  await Promise.all(files.map(({ name, text }) => writeFile(join(folder, name), text)));
  return ExitCode.done;
}

const grammars = [requestGrammar, lineGrammar, lengthPrefixGrammar];
const files = [...grammars.flatMap(compileGrammar), namesHeader()];
process.exitCode = await (process.argv.includes('--check') ? check(files) : write(files));
