import { LLParse, type source } from 'llparse';

/** A finite state machine that llparse can turn into C. */
export interface Grammar {
  /** Prefix of every C name, and the name of the two files: `http_request_fsm`. */
  readonly name: string;
  /** The file that contains the grammar, for the banner of the generated files. */
  readonly origin: string;
  /** Draws the states and returns the first one. */
  readonly draw: (builder: LLParse) => source.node.Node;
}

export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The first lines of every generated file: the source it comes from, and the command that rebuilds
 * it.
 */
export function banner(origin: string): string {
  return `// Generated from ${origin}.\n// Do not edit: change the source and regenerate this file.\n`;
}

/**
 * Compiles a grammar to `<name>.c` and `<name>.h`; llparse throws if the grammar can loop forever.
 */
export function compileGrammar(grammar: Grammar): readonly GeneratedFile[] {
  const builder = new LLParse(grammar.name);
  const { c, header } = builder.build(grammar.draw(builder));
  return [
    { name: `${grammar.name}.c`, text: `${banner(grammar.origin)}${c}\n` },
    { name: `${grammar.name}.h`, text: `${banner(grammar.origin)}${header.trimEnd()}\n` },
  ];
}
