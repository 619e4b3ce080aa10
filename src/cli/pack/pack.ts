/** `create-hpserver pack new|lint|test|explain`. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { ExitCode, UserError } from '../../error.ts';
import { nearest } from '../../spec/words/nearest.ts';
import { section } from '../section.ts';
import type { PackEngine } from './pack-engine.ts';
import { kPackSyntaxes } from './syntax.ts';

type Command = (host: Host, engine: PackEngine) => Promise<ExitCode>;

/** Each module is loaded only if its command is used. */
const kCommands: Readonly<Record<string, () => Promise<Command>>> = {
  new: async () => (await import('./new.ts')).packNew,
  lint: async () => (await import('./lint.ts')).packLint,
  test: async () => (await import('./test.ts')).packTest,
  explain: async () => (await import('./explain.ts')).packExplain,
};

/** `host.args` start after the word `pack`. */
export async function pack(host: Host, engine: PackEngine): Promise<ExitCode> {
  const [word = '--help', ...rest] = host.args;
  if (word === '--help' || word === '-h') {
    host.out.write(help(host));
    return ExitCode.done;
  }
  const load = Object.hasOwn(kCommands, word) ? kCommands[word] : undefined;
  if (load === undefined) throw unknown(word);
  const command = await load();
  return command({ ...host, args: rest }, engine);
}

function help(host: Host): string {
  const paint = paintFor(host, host.out);
  const rows = Object.entries(kPackSyntaxes).map(
    ([word, { operand, summary }]) => [`${word} ${operand}`, summary] as const,
  );
  const lines = section(paint, 'Commands', rows, host.out.columns);
  const title = 'create-hpserver pack COMMAND';
  return [
    paint.bold(title),
    'Template packs: your own templates, over or beside the built-in ones.',
    '',
    ...lines,
  ].join('\n');
}

function unknown(word: string): UserError {
  const words = Object.keys(kCommands);
  const meant = nearest(word, words);
  const all = `The commands are: ${words.join(', ')}.`;
  const fix = meant === null ? all : `Did you mean pack ${meant}? ${all}`;
  return new UserError(ExitCode.usage, [
    { at: `pack ${word}`, message: `there is no command "pack ${word}"`, fix },
  ]);
}
