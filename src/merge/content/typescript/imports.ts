/** The import declarations at the head of a file, as pieces. */

import { type Piece, piecesOf, type Region } from '../registrations/pieces.ts';
import { essencesIn, usesOfNames } from './essence.ts';
import type { SourceFile, ts as Syntax, TypeScript } from './typescript.ts';

/** What an import declaration binds. */
export interface Bindings {
  /** `import value from`. */
  readonly value: string | null;
  /** Each as written between the braces; null without braces. */
  readonly names: readonly string[] | null;
}

export interface ImportPiece extends Piece, Bindings {}

export interface ImportRegion extends Region {
  readonly pieces: readonly ImportPiece[];
  /** How often the code below uses each name. */
  readonly uses: ReadonlyMap<string, number>;
}

/** Null if there are no imports, or if some come after other statements. */
export function findImports(ts: TypeScript, file: SourceFile): ImportRegion | null {
  const all = file.statements.filter((statement) => ts.isImportDeclaration(statement));
  const count = file.statements.findIndex((statement) => !ts.isImportDeclaration(statement));
  const first = all[0];
  if (first === undefined || (count !== -1 && count !== all.length)) return null;
  const text = file.getFullText();
  const spans = all.map((declaration) => ({
    key: keyOf(ts, declaration),
    start: declaration.getStart(),
    end: declaration.end,
  }));
  const essence = essencesIn(ts, file);
  const pieces = piecesOf(text, first.getStart(), spans, essence).map((piece, index) => {
    const clause = all[index]?.importClause;
    return { ...piece, ...bindingsOf(ts, clause) };
  });
  const end = all.at(-1)?.end ?? first.end;
  return { start: first.getStart(), end, pieces, uses: usesOfNames(ts, file) };
}

/**
 * The module and the kind of import: imports that can't share a declaration have different keys.
 */
function keyOf(
  ts: TypeScript,
  { moduleSpecifier, importClause }: Syntax.ImportDeclaration,
): string {
  const module = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
  const bindings = importClause?.namedBindings;
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) {
    return `${module} ${bindings.getText()}`;
  }
  if (importClause === undefined) return `${module} for its effect`;
  return importClause.phaseModifier === ts.SyntaxKind.TypeKeyword ? `${module} types` : module;
}

function bindingsOf(ts: TypeScript, clause: Syntax.ImportClause | undefined): Bindings {
  const bindings = clause?.namedBindings;
  const value = clause?.name?.text ?? null;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return { value, names: null };
  const names = bindings.elements.map((element) => element.getText().replace(/\s+/g, ' '));
  return { value, names };
}

/** The name that `type a as b` declares in the file: `b`. */
export function localName(name: string): string {
  return name.split(' ').at(-1) ?? name;
}
