/** The calls chained onto a variable's initial value, as pieces. */

import { type Piece, piecesOf, type Region } from '../registrations/pieces.ts';
import { chosen, mapThree, type Three } from '../three.ts';
import { type Essence, essencesIn } from './essence.ts';
import type { SourceFile, ts as Syntax, TypeScript } from './typescript.ts';

/** Null if there is no such variable, or it has no initial value. */
export function findChain(ts: TypeScript, file: SourceFile, variable: string): Region | null {
  const initial = initialValue(ts, file, variable);
  if (initial === null) return null;
  const calls: Syntax.CallExpression[] = [];
  let root: Syntax.Expression = initial;
  while (ts.isCallExpression(root) && ts.isPropertyAccessExpression(root.expression)) {
    calls.unshift(root);
    root = root.expression.expression;
  }
  const text = file.getFullText();
  const essence = essencesIn(ts, file);
  const shortKeys = calls.map((call) => keyOf(ts, essence, call));
  const isUnique = new Set(shortKeys).size === calls.length;
  const spans = calls.map((call, index) => {
    const start = startOf(call);
    const full = essence(start, call.end);
    return { key: isUnique ? (shortKeys[index] ?? full) : full, start, end: call.end };
  });
  return { start: root.end, end: initial.end, pieces: piecesOf(text, root.end, spans, essence) };
}

function initialValue(
  ts: TypeScript,
  file: SourceFile,
  variable: string,
): Syntax.Expression | null {
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && name.text === variable && initializer !== undefined) {
        return unwrapped(ts, initializer);
      }
    }
  }
  return null;
}

function unwrapped(ts: TypeScript, expression: Syntax.Expression): Syntax.Expression {
  const isWrapper =
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isNonNullExpression(expression);
  return isWrapper ? unwrapped(ts, expression.expression) : expression;
}

interface Claim {
  /** From 0. */
  readonly line: number;
  readonly text: string;
}

/** The user's own call, anywhere in the file, that registers what the generators want to add. */
export function findClaim(
  ts: TypeScript,
  file: SourceFile,
  { base, next }: Pick<Three<Region>, 'base' | 'next'>,
): Claim | null {
  const before = new Set(base.pieces.map(({ key }) => key));
  const news = next.pieces.filter(({ key }) => !before.has(key));
  const wanted = new Map(news.map((piece) => [piece.key, piece.essence]));
  if (wanted.size === 0) return null;
  const essence = essencesIn(ts, file);
  const visit = (node: Syntax.Node): Claim | undefined => {
    if (ts.isCallExpression(node) && isNamed(ts, node)) {
      const start = startOf(node);
      const own = essence(start, node.end);
      if ((wanted.get(keyOf(ts, essence, node)) ?? own) !== own) {
        const { line } = file.getLineAndCharacterOfPosition(start);
        return { line, text: file.text.split('\n')[line] ?? '' };
      }
    }
    return ts.forEachChild(node, visit);
  };
  return visit(file) ?? null;
}

/** True if the call's first argument names what it registers. */
function isNamed(ts: TypeScript, { expression, arguments: [first] }: Syntax.CallExpression) {
  return (
    ts.isPropertyAccessExpression(expression) && first !== undefined && ts.isStringLiteral(first)
  );
}

/** The method and the first argument: a route with a different handler is still the same route. */
function keyOf(ts: TypeScript, essence: Essence, call: Syntax.CallExpression): string {
  const method = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
  const [first] = call.arguments;
  const argument = first === undefined ? '' : essence(first.getStart(), first.end);
  return `${method}(${argument}`;
}

/** The position of the dot before the called method. */
function startOf(call: Syntax.CallExpression): number {
  const dot = call.expression.getChildren().find((child) => /^\??\.$/.test(child.getText()));
  return dot?.getStart() ?? call.expression.end;
}

/**
 * Puts each call on its own line, or all on one line: as the user chose, otherwise as generated.
 */
export function layChain(
  merged: readonly Piece[],
  rows: Three<readonly Piece[]>,
): readonly Piece[] {
  const own = new Set(rows.disk);
  const form = formFor(mapThree(rows, formOf));
  const isKept = form === formOf(rows.disk);
  const model = (isKept ? rows.disk : rows.next).find(({ lead }) => lead.includes('\n'));
  const indent = /\n[ \t]*$/.exec(model?.lead ?? '')?.[0] ?? '\n  ';
  return merged.map((piece) => {
    if (own.has(piece) && isKept) return piece;
    if (form === 'lines') return { ...piece, lead: `${piece.lead.trimEnd()}${indent}` };
    return { ...piece, lead: piece.lead.trim() === '' ? '' : piece.lead };
  });
}

type Form = 'none' | 'inline' | 'lines';

function formOf(row: readonly Piece[]): Form {
  if (row.length === 0) return 'none';
  return row.some(({ lead }) => lead.includes('\n')) ? 'lines' : 'inline';
}

function formFor({ base, disk, next }: Three<Form>): Form {
  if (disk === 'none') return next;
  return next === 'none' || base === 'none' ? disk : chosen({ base, disk, next });
}
