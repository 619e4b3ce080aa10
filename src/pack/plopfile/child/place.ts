/** Where in a plopfile an error occurred, as far as the error or a parser can tell. */

import { basename, dirname, relative } from 'node:path';

/** `plopfile.js:3`, or just the name. */
export async function lineOf(thrown: unknown, plopfile: string): Promise<string> {
  const stack = thrown instanceof Error ? `${thrown.stack}\n` : '';
  const found = lineIn(stack, plopfile) ?? (await syntaxLine(thrown, plopfile));
  return found ?? basename(plopfile);
}

/** The first stack line in the pack itself, not in an installed package. */
function lineIn(stack: string, plopfile: string): string | null {
  const folder = dirname(plopfile);
  const lines = stack.matchAll(/(?:file:\/\/)?(\/[^\s():]+):(\d+)(?=[\s:)])/g);
  for (const [, path = '', line] of lines) {
    const below = relative(folder, path);
    if (!below.startsWith('..') && !below.includes('node_modules')) return `${below}:${line}`;
  }
  return null;
}

/**
 * If an ES module can't be parsed, V8 doesn't report where. jiti does, even for imported modules.
 */
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
