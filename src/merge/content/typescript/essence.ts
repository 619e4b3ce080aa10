/**
 * What formatters change in code, and what they don't, by the tokens of TypeScript's own scanner.
 */

import type { SourceFile, ts as Syntax, TypeScript } from './typescript.ts';

/** Takes the start and end offsets of the piece. */
export type Essence = (start: number, end: number) => string;

/**
 * The essence of a piece of code: the same for two pieces that differ only in quotes, semicolons at
 * the end of statements, trailing commas, or white space between tokens. Literals and comments
 * count in full.
 */
export function essencesIn(ts: TypeScript, file: SourceFile): Essence {
  return (start, end) => {
    const parts: string[] = [];
    let at = start;
    for (const token of tokensOf(ts, file, start, end)) {
      parts.push(...remarksIn(file.text.slice(at, token.getStart(file))));
      const canon = canonOf(ts, token, file);
      if (isTrailingComma(parts) && /^[)}\]]$/.test(canon)) parts.pop();
      if (canon !== '') parts.push(canon);
      at = token.end;
    }
    return [...parts, ...remarksIn(file.text.slice(at, end))].join('\0');
  };
}

/** A comma after another comma, or right after the bracket, denotes a hole in an array instead. */
function isTrailingComma(parts: readonly string[]): boolean {
  return parts.at(-1) === ',' && ![',', '['].includes(parts.at(-2) ?? ',');
}

/** How often each name is used in a file, not counting properties and imports. */
export function usesOfNames(ts: TypeScript, file: SourceFile): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const visit = (node: Syntax.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && !isProperty(ts, node)) {
      uses.set(node.text, (uses.get(node.text) ?? 0) + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

function isProperty(ts: TypeScript, node: Syntax.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/**
 * Changes the quotes around the text's literals to double ones, if the user's text has no others.
 */
export function withQuotesOf(ts: TypeScript, users: string, text: string): string {
  if (!users.includes('"') || users.includes("'")) return text;
  // A piece of a chain begins with its dot.
  const prefix = text.trimStart().startsWith('.') ? 'x' : '';
  const file = ts.createSourceFile('piece.ts', prefix + text, ts.ScriptTarget.Latest, true);
  let result = prefix + text;
  for (const token of tokensOf(ts, file).toReversed()) {
    const literal = token.getText(file);
    // A literal that contains quotes or backslashes would have to be escaped differently.
    if (!ts.isStringLiteral(token) || !/^'[^'"\\]*'$/.test(literal)) continue;
    const [start, end] = [token.getStart(file), token.end];
    result = `${result.slice(0, start)}"${literal.slice(1, -1)}"${result.slice(end)}`;
  }
  return result.slice(prefix.length);
}

/** The tokens that lie entirely between two offsets. */
function tokensOf(
  ts: TypeScript,
  file: SourceFile,
  start = 0,
  end = file.end,
): readonly Syntax.Node[] {
  const tokens: Syntax.Node[] = [];
  const visit = (node: Syntax.Node): void => {
    if (node.end <= start || node.pos >= end || ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    for (const child of children) visit(child);
    if (children.length > 0) return;
    const from = node.getStart(file);
    if (from >= start && node.end <= end && node.end > from) tokens.push(node);
  };
  visit(file);
  return tokens;
}

function canonOf(ts: TypeScript, token: Syntax.Node, file: SourceFile): string {
  if (ts.isStringLiteral(token)) return JSON.stringify(token.text);
  const isEnd = token.kind === ts.SyntaxKind.SemicolonToken && !ts.isForStatement(token.parent);
  return isEnd ? '' : token.getText(file);
}

/** The comments between two tokens, without their indentation. */
function remarksIn(gap: string): readonly string[] {
  const remarks = gap.trim().replace(/[ \t]*\r?\n\s*/g, '\n');
  return remarks === '' ? [] : [remarks];
}
