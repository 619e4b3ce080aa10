/** Where in a plopfile something went wrong, as far as the error or a parser can tell. */

import { basename, dirname, relative } from 'node:path';

/** `plopfile.js:3`, or the name alone. */
export async function lineOf(thrown: unknown, plopfile: string): Promise<string> {
  const stack = thrown instanceof Error ? `${thrown.stack}\n` : '';
  const found = lineIn(stack, plopfile) ?? (await syntaxLine(thrown, plopfile));
  return found ?? basename(plopfile);
}

/** The first line of the stack within the pack, and within no package that it has installed. */
function lineIn(stack: string, plopfile: string): string | null {
  const folder = dirname(plopfile);
  const lines = stack.matchAll(/(?:file:\/\/)?(\/[^\s():]+):(\d+)(?=[\s:)])/g);
  for (const [, path = '', line] of lines) {
    const below = relative(folder, path);
    if (!below.startsWith('..') && !below.includes('node_modules')) return `${below}:${line}`;
  }
  return null;
}

/** V8 does not say where an ES module breaks; jiti does, also of those that are imported. */
async function syntaxLine(thrown: unknown, plopfile: string): Promise<string | null> {
  if (!(thrown instanceof SyntaxError)) return null;
  const { createJiti } = await import('jiti');
  try {
    await createJiti(plopfile, { fsCache: false }).import(plopfile);
    return null;
  } catch (parsing) {
    return parsing instanceof Error ? lineIn(`${parsing.message}\n`, plopfile) : null;
  }
}
