/** The modules and templates to which a plopfile's module refers, as far as its text shows them. */

import { dirname, relative } from 'node:path';
import { ts } from 'ts-morph';
import { type Pattern, patternsOf, type Reading, saysNothing } from './patterns.ts';

export interface Named {
  /** Module names, as written. */
  readonly imports: readonly string[];
  /** Modules with computed names. */
  readonly modules: readonly Pattern[];
  readonly templates: readonly Pattern[];
}

const kReading = /^(?:readFile|readFileSync|createReadStream)$/;

/** `root` is the plopfile's folder, from which templates are resolved. */
export function namedIn(path: string, text: string, root: string): Named {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports = file.statements.flatMap(staticImport);
  const modules: Pattern[] = [];
  const templates: Pattern[] = [];
  const reading = { file, here: relative(root, dirname(path)) };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      if (first !== undefined) {
        const name = calledIn(node);
        if (isLoading(node, name)) take(first, reading, { imports, modules });
        else if (kReading.test(name)) templates.push(...read(first, reading));
      }
    }
    templates.push(...templatesAt(node, reading));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { imports, modules, templates: [...templates, ...modules] };
}

function staticImport(statement: ts.Statement): readonly string[] {
  if (ts.isImportEqualsDeclaration(statement)) {
    const { moduleReference } = statement;
    return ts.isExternalModuleReference(moduleReference) ? textIn(moduleReference.expression) : [];
  }
  if (ts.isImportDeclaration(statement)) {
    // Type-only imports don't exist at run time.
    const isType = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return isType ? [] : textIn(statement.moduleSpecifier);
  }
  return ts.isExportDeclaration(statement) && !statement.isTypeOnly
    ? textIn(statement.moduleSpecifier)
    : [];
}

function textIn(node: ts.Expression | undefined): string[] {
  return node !== undefined && ts.isStringLiteralLike(node) ? [node.text] : [];
}

function calledIn({ expression }: ts.CallExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/** `require(…)`, `require.resolve(…)`, `import(…)`, `plop.load(…)`. */
function isLoading({ expression }: ts.CallExpression, name: string): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isIdentifier(expression)) return name === 'require';
  return name === 'load' || (name === 'resolve' && expression.getText() === 'require.resolve');
}

function take(
  first: ts.Expression,
  reading: Reading,
  to: { readonly imports: string[]; readonly modules: Pattern[] },
): void {
  const said = textIn(first);
  if (said.length > 0) to.imports.push(...said);
  else if (ts.isArrayLiteralExpression(first)) to.imports.push(...first.elements.flatMap(textIn));
  else {
    const isTold = !patternsOf(first, reading).some(saysNothing);
    const found = patternsOf(first, { ...reading, base: reading.here });
    const folders = isTold ? [] : foldersIn(reading);
    const told = isTold ? found : folders.length > 0 ? folders : [kAnyModule];
    to.modules.push(...told.map((pattern) => ({ ...pattern, kind: 'code' as const })));
  }
}

/** Matches any module: used if nothing is known about a module's name. */
export const kAnyModule: Pattern = { pieces: ['', ''], kind: 'code' };

/**
 * For `require(file)`, where `file` comes from a directory listing: any file in a folder that the
 * module mentions.
 */
function foldersIn({ file, here }: Reading): readonly Pattern[] {
  const folders = new Set<string>();
  const visit = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node) ? node.text : '';
    const isPath = /[/*]/.test(text) && !/\s|\{\{/.test(text);
    if (isPath) folders.add(text.replace(/[^/]*\*.*$/s, '').replace(/\/+$/, ''));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...folders].flatMap((folder) =>
    ['', here].map((base) => ({ pieces: [`${base}/${folder}/`, ''], kind: 'code' as const })),
  );
}

/** A file that code reads counts as a template only if it has a template's name. */
function read(first: ts.Expression, reading: Reading): readonly Pattern[] {
  return patternsOf(first, reading).map((pattern) => ({ ...pattern, kind: 'read' as const }));
}

function templatesAt(node: ts.Node, reading: Reading): readonly Pattern[] {
  if (ts.isShorthandPropertyAssignment(node)) {
    return isTemplateKey(node.name.text) ? valuePatterns(node.name, reading, 'template') : [];
  }
  if (!ts.isPropertyAssignment(node) && !ts.isMethodDeclaration(node)) return [];
  const key = ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : '';
  if (!isTemplateKey(key)) return [];
  const value = ts.isMethodDeclaration(node) ? node.body : node.initializer;
  const kind = key === 'templateFiles' ? 'globs' : 'template';
  return value === undefined ? [] : valuePatterns(value, reading, kind);
}

function valuePatterns(value: ts.Node, reading: Reading, kind: Pattern['kind']) {
  // A plopfile that another one loads may resolve its templates from its own folder.
  const bases = reading.here === '' ? [''] : ['', reading.here];
  return bases.flatMap((base) =>
    patternsOf(value, { ...reading, base }).map((pattern) => ({ ...pattern, kind })),
  );
}

function isTemplateKey(key: string): boolean {
  return key === 'templateFile' || key === 'templateFiles';
}
