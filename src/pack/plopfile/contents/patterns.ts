/** The paths that an expression in a plopfile may evaluate to, with holes for computed parts. */

import { ts } from 'ts-morph';

export interface Pattern {
  /** Pieces of text; the parts between them are known only at run time. */
  readonly pieces: readonly string[];
  readonly kind: 'template' | 'globs' | 'read' | 'code';
}

export interface Reading {
  readonly file: ts.SourceFile;
  /** The module's folder, relative to the plopfile's. */
  readonly here: string;
  /** The base of relative paths, also relative to the plopfile's folder, which is the default. */
  readonly base?: string;
}

/** True if the whole path is known only at run time. */
export function saysNothing({ pieces }: Pick<Pattern, 'pieces'>): boolean {
  return pieces.join('').replaceAll(/[/.]/g, '') === '';
}

/** Marks a hole while a text is assembled: no path contains a NUL. */
const kHole = '\0';
/** The number of texts multiplies with each choice; no real plopfile needs more than this. */
const kMaxTexts = 256;
const kMaxDepth = 12;

export function patternsOf(node: ts.Node, reading: Reading): readonly Pattern[] {
  const { base = '' } = reading;
  const texts = textsOf(node, reading, 0).slice(0, kMaxTexts);
  return [...new Set(texts)].map((text) => {
    // Handlebars expressions in a path are computed, too, although a file's name may really contain
    // them.
    const isPlaced = text.startsWith('/') || base === '';
    return { pieces: (isPlaced ? text : `${base}/${text}`).split(kHole), kind: 'template' };
  });
}

function textsOf(node: ts.Node, reading: Reading, depth: number): readonly string[] {
  if (depth > kMaxDepth) return [kHole];
  const inner = (child: ts.Node): readonly string[] => textsOf(child, reading, depth + 1);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.flatMap((span) => [
      inner(span.expression),
      [span.literal.text],
    ]);
    return joined([[node.head.text], ...parts], '');
  }
  if (ts.isBinaryExpression(node)) return binary(node, inner);
  if (ts.isConditionalExpression(node)) {
    return [...inner(node.whenTrue), ...inner(node.whenFalse)];
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(inner);
  if (ts.isArrowFunction(node)) return inner(node.body);
  if (ts.isBlock(node) || ts.isFunctionExpression(node)) return returned(node).flatMap(inner);
  if (ts.isCallExpression(node)) return called(node, inner);
  if (ts.isNewExpression(node)) return node.arguments?.[0] ? inner(node.arguments[0]) : [kHole];
  if (ts.isIdentifier(node)) return meant(node, reading, inner);
  if (isWrapper(node)) return inner(node.expression);
  return isOwnFolder(node) ? [`/${reading.here}`] : [kHole];
}

function isWrapper(
  node: ts.Node,
): node is
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.SpreadElement {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isSpreadElement(node)
  );
}

function isOwnFolder(node: ts.Node): boolean {
  return /^import\.meta\.(?:dirname|url)$/.test(node.getText());
}

function binary(
  { left, right, operatorToken }: ts.BinaryExpression,
  inner: (child: ts.Node) => readonly string[],
): readonly string[] {
  const isSum = operatorToken.kind === ts.SyntaxKind.PlusToken;
  return isSum ? joined([inner(left), inner(right)], '') : [...inner(left), ...inner(right)];
}

function returned(body: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    else ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

function called(
  node: ts.CallExpression,
  inner: (child: ts.Node) => readonly string[],
): readonly string[] {
  const text = node.expression.getText();
  if (/(?:^|\.)getPlopfilePath$|^process\.cwd$/.test(text)) return ['/'];
  if (/(?:^|\.)(?:join|resolve|normalize)$/.test(text)) {
    return joined(node.arguments.map(inner), '/');
  }
  const [first] = node.arguments;
  if (/(?:^|\.)fileURLToPath$/.test(text) && first !== undefined) return inner(first);
  // `dirname` of the module's own path, or of a path that starts there.
  if (/(?:^|\.)dirname$/.test(text) && first !== undefined) return inner(first);
  return [kHole];
}

/** The value of a constant in the file, or of `__dirname`. */
function meant(
  { text }: ts.Identifier,
  { file, here }: Reading,
  inner: (child: ts.Node) => readonly string[],
): readonly string[] {
  if (text === '__dirname') return [`/${here}`];
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    const isIt = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name);
    if (isIt && node.name.text === text) found ??= node.initializer;
    if (found === undefined) ts.forEachChild(node, visit);
  };
  visit(file);
  return found === undefined ? [kHole] : inner(found);
}

/** Every combination of one text from each part. */
function joined(parts: readonly (readonly string[])[], between: string): readonly string[] {
  let texts: readonly string[] = [''];
  for (const [at, options] of parts.entries()) {
    texts = texts
      .flatMap((text) => options.map((option) => (at === 0 ? option : text + between + option)))
      .slice(0, kMaxTexts);
  }
  return texts;
}
