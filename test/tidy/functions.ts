/** How long functions are, and what declared names consist of. */

import { Project, type SourceFile, SyntaxKind } from 'ts-morph';
import { isTypeScript, kRoot, type Source } from './sources.ts';

export interface Span {
  /** `src/a.ts:12`. */
  readonly at: string;
  readonly lines: number;
}

/** Parsed without types: templates and other languages are left out. */
export function parseTypeScript(sources: readonly Source[]): readonly SourceFile[] {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true } });
  return sources
    .filter((source) => isTypeScript(source) && source.path.endsWith('.ts'))
    .map(({ path, text }) => project.createSourceFile(kRoot + path, text));
}

const kFunctions = [
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
] as const;

/**
 * The spans of all functions, except `describe` callbacks, which are chapters rather than
 * functions.
 */
export function functionSpans(file: SourceFile): readonly Span[] {
  return kFunctions
    .flatMap((kind) => file.getDescendantsOfKind(kind))
    .filter((node) => !/^(describe|suite)\b/.test(node.getParent()?.getText().slice(0, 9) ?? ''))
    .map((node) => {
      const first = node.getStartLineNumber();
      const at = `${file.getFilePath().slice(kRoot.length)}:${first}`;
      return { at, lines: node.getEndLineNumber() - first + 1 };
    });
}

/** In the house format, a C++ function begins at column 0, and ends with a `}` at column 0. */
export function cppFunctionSpans({ path, text }: Source): readonly Span[] {
  const spans: Span[] = [];
  let first: { readonly index: number; readonly line: string } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\}/.test(line)) {
      const isFunction = first !== null && kCallable.test(first.line);
      if (first !== null && isFunction) {
        spans.push({ at: `${path}:${first.index + 1}`, lines: index - first.index + 1 });
      }
      first = null;
    } else if (/^[^\s/#]/.test(line)) {
      first = { index, line };
    }
  }
  return spans;
}

/** Tells functions from scopes and tables, which end in a brace, too. */
const kCallable = /^(?!(?:inline )?(?:namespace|class|struct|enum|union|extern)\b)[^=]*\(/;

const kDeclarations = [
  SyntaxKind.VariableDeclaration,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.Parameter,
  SyntaxKind.PropertySignature,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.MethodSignature,
  SyntaxKind.PropertyDeclaration,
] as const;

export interface DeclaredName {
  readonly at: string;
  readonly name: string;
}

/** The names a TypeScript file declares. */
export function declaredNames(file: SourceFile): readonly DeclaredName[] {
  return kDeclarations
    .flatMap((kind) => file.getDescendantsOfKind(kind))
    .map((node) => ({
      at: `${file.getFilePath().slice(kRoot.length)}:${node.getStartLineNumber()}`,
      name: node.getName() ?? '',
    }))
    .filter(({ name }) => /^\w+$/.test(name));
}

/** The names of a C++ file's types and functions, as far as a line shows them. */
export function cppDeclaredNames({ path, text }: Source): readonly DeclaredName[] {
  const type = /\b(?:class|struct|enum class|concept|using)\s+(\w+)\s*(?:final\b|[:={]|$)/;
  const callable = /^(?:[\w:<>,&*\s[\]]+\s)?(?:\w+::)*(\w+)\([^;]*\)?.*(?:\{|;)$/;
  return text.split('\n').flatMap((line, index) => {
    const declared = type.exec(line)?.[1] ?? (/^\S/.test(line) ? callable.exec(line)?.[1] : null);
    return declared ? [{ at: `${path}:${index + 1}`, name: declared }] : [];
  });
}
