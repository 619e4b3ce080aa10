/** Which answers a template reads: they become the reasons of its files. */

import Handlebars from 'handlebars';

type Program = hbs.AST.Program;
type Path = hbs.AST.PathExpression;

/** A path into the view; `*` is any element of a list. */
export type ViewPath = readonly string[];

interface Scope {
  readonly scopes: readonly ViewPath[];
  readonly blocks: ReadonlyMap<string, string>;
  readonly within: readonly string[];
  readonly found: ViewPath[];
}

/**
 * Every path that the text reads, in all its branches, and in the texts that replace its blocks.
 * Errors: throws if the text does not parse.
 */
export function pathsIn(
  text: string,
  blocks: ReadonlyMap<string, string> = new Map(),
): readonly ViewPath[] {
  const found: ViewPath[] = [];
  walkText(text, { scopes: [[]], blocks, within: [], found });
  return found;
}

function walkText(text: string, scope: Scope): void {
  walk(Handlebars.parseWithoutProcessing(text), scope);
}

function walk(program: Program | null | undefined, scope: Scope): void {
  for (const statement of program?.body ?? []) {
    switch (statement.type) {
      case 'MustacheStatement':
        readAll(statement as hbs.AST.MustacheStatement, scope);
        break;
      case 'BlockStatement':
        walkBlock(statement as hbs.AST.BlockStatement, scope);
        break;
      case 'PartialStatement':
        walkReplacement((statement as hbs.AST.PartialStatement).name, scope);
        break;
      case 'PartialBlockStatement': {
        const { name, program: own } = statement as hbs.AST.PartialBlockStatement;
        walkReplacement(name, scope);
        walk(own, scope);
      }
    }
  }
}

function readAll({ path, params }: hbs.AST.MustacheStatement, scope: Scope): void {
  // If other words follow the first one, the first is the name of a helper.
  const read = params.length > 0 ? params : [path];
  for (const node of read) if (isPath(node)) scope.found.push(resolve(node, scope.scopes));
}

function walkBlock(block: hbs.AST.BlockStatement, scope: Scope): void {
  const name = isPath(block.path) ? block.path.original : '';
  const [subject] = block.params;
  const inner =
    subject !== undefined && isPath(subject) ? resolve(subject, scope.scopes) : ([] as ViewPath);
  if (inner.length > 0) scope.found.push(inner);
  const narrowed =
    name === 'each' ? [...inner, '*'] : name === 'with' ? inner : (scope.scopes.at(-1) ?? []);
  const isNarrow = name === 'each' || name === 'with';
  const scopes = isNarrow ? [...scope.scopes, narrowed] : scope.scopes;
  walk(block.program, { ...scope, scopes });
  walk(block.inverse, scope);
}

function walkReplacement(name: unknown, scope: Scope): void {
  const block = isPath(name as hbs.AST.Node) ? (name as Path).original : '';
  const text = scope.blocks.get(block);
  if (text === undefined || scope.within.includes(block)) return;
  walkText(text, { ...scope, within: [...scope.within, block] });
}

function resolve(path: Path, scopes: readonly ViewPath[]): ViewPath {
  if (path.data) return path.parts[0] === 'root' ? path.parts.slice(1) : [];
  return [...(scopes.at(-1 - path.depth) ?? []), ...path.parts];
}

function isPath(node: hbs.AST.Node): node is Path {
  return node.type === 'PathExpression';
}
