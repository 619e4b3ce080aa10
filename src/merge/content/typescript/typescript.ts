/** TypeScript's own parser, as bundled with ts-morph: used to find and to check, never to write. */

import type { ts as bundled } from 'ts-morph';

export type TypeScript = typeof bundled;
export type SourceFile = bundled.SourceFile;
export type { bundled as ts };

/** Loading takes half a second, so it is done only to merge a TypeScript file. */
export async function loadTypeScript(): Promise<TypeScript> {
  return (await import('ts-morph')).ts;
}

export function isTypeScriptPath(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

export function parseTypeScript(ts: TypeScript, path: string, text: string): SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** The first syntax error as `line 12: ';' expected`; null for a text that parses. */
export function typeScriptFault(ts: TypeScript, path: string, text: string): string | null {
  const file = parseTypeScript(ts, path, text);
  const options = { noLib: true, noResolve: true, allowNonTsExtensions: true };
  // Nothing is emitted, and no other file is read. The usual compiler call would fail on a file
  // that imports itself.
  const program = ts.createProgram([path], options, hostOf(path, file));
  const [first] = program.getSyntacticDiagnostics(file);
  if (first === undefined) return null;
  const line = text.slice(0, first.start).split('\n').length;
  return `line ${line}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`;
}

/** A compiler host with a single file. */
function hostOf(path: string, file: SourceFile): bundled.CompilerHost {
  return {
    getSourceFile: (name) => (name === path ? file : undefined),
    fileExists: (name) => name === path,
    readFile: () => undefined,
    writeFile: () => {},
    getDefaultLibFileName: () => 'lib.d.ts',
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
}
