/** Finds what Handlebars is silent about: unknown paths in blocks, and texts that it misreads. */

import Handlebars from 'handlebars';
import { whereAndWhy } from './template.ts';
import { viewFaults } from './view.ts';

type Program = hbs.AST.Program;
type Statement = hbs.AST.Statement;
type Value = hbs.AST.MustacheStatement;
type Block = hbs.AST.BlockStatement;
type Path = hbs.AST.PathExpression;
type Report = (node: hbs.AST.Node, message: string) => void;

interface Place {
  /** What paths are looked up in, the innermost last; a body without an element to show is open. */
  readonly scopes: readonly unknown[];
  /** False in a branch that this view does not take: what it names must exist, and may be null. */
  readonly isShown: boolean;
}

const kOpen = Symbol('open');

export interface TemplateUse {
  /** Its name below `templates/`. */
  readonly template: string;
  readonly text: string;
  readonly view: object;
}

/** Every fault as `template:line:column: what`; empty for a good template. */
export function lintTemplate({ template, text, view }: TemplateUse): readonly string[] {
  const faults = new Set<string>(viewFaults(view).map((fault) => `${template}: ${fault}`));
  for (const { line, column, message } of textFaults(text)) {
    faults.add(`${template}:${line}:${column}: ${message}`);
  }
  const report: Report = ({ loc }, message) =>
    faults.add(`${template}:${loc.start.line}:${loc.start.column + 1}: ${message}`);
  try {
    const place = { scopes: [view], isShown: true };
    lintProgram(Handlebars.parseWithoutProcessing(text), place, report);
  } catch (cause) {
    faults.add(whereAndWhy(template, cause));
  }
  return [...faults];
}

interface TextFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Half a line in a block makes the output's spacing a matter of luck; `${{` is some other
 * language's.
 */
function textFaults(text: string): readonly TextFault[] {
  const faults: TextFault[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    const at = (column: number, message: string) =>
      faults.push({ line: index + 1, column: column + 1, message });
    const block = content.search(/(?<!\\)\{\{~?(?:[#/^]|else\b)/);
    const standsAlone = /^\s*\{\{[^{}]*\}\}\s*$/.test(content);
    if (block >= 0 && !standsAlone) at(block, 'a block tag stands alone on its line');
    const dollar = content.search(/\$\{\{/);
    if (dollar >= 0) at(dollar, '${{ is taken for an expression: write $\\{{');
  }
  return faults;
}

function lintProgram(program: Program, place: Place, report: Report): void {
  for (const statement of program.body) lintStatement(statement, place, report);
}

function lintStatement(statement: Statement, place: Place, report: Report): void {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      break;
    case 'MustacheStatement':
      lintValue(statement as Value, place, report);
      break;
    case 'BlockStatement':
      lintBlock(statement as Block, place, report);
      break;
    default:
      report(statement, 'templates know values and blocks, no partials or decorators');
  }
}

function lintValue(value: Value, place: Place, report: Report): void {
  if (!value.escaped) {
    report(value, '{{{ takes the braces of the text with it: write { {{x}} } or {{x}}');
  } else if (!isPath(value.path) || value.params.length > 0 || value.hash !== undefined) {
    report(value, 'a value is one path: compute it in the view');
  } else {
    const found = lookUp(value.path, place, report);
    if (place.isShown) lintFound(value.path, found, report);
  }
}

function lintFound(path: Path, found: unknown, report: Report): void {
  if (found === kOpen) return;
  if (!['string', 'number', 'boolean'].includes(typeof found)) {
    report(path, `"${path.original}" is not a text or a number`);
  }
  const isFirst = path.loc.start.column === '{{'.length;
  if (String(found).includes('\n') && !isFirst) {
    report(path, `"${path.original}" has several lines: it has to start in column 1`);
  }
}

function lintBlock(block: Block, place: Place, report: Report): void {
  const [subject] = block.params;
  if (subject === undefined || !isPath(subject) || block.params.length > 1) {
    report(block, 'a block speaks of one path');
    return;
  }
  const found = lookUp(subject, place, report);
  for (const inner of bodyPlaces(block, found, place, report)) {
    lintProgram(block.program, inner, report);
  }
  // A block without an {{else}} has no inverse at all, whatever the type says.
  const inverse: Program | null | undefined = block.inverse;
  const isShown = place.isShown && isTaken(block, found) !== true;
  if (inverse) lintProgram(inverse, { ...place, isShown }, report);
}

/** Whether if and unless show their body; null for other blocks. */
function isTaken({ path }: Block, found: unknown): boolean | null {
  const name = isPath(path) ? path.original : '';
  if (name === 'if') return Boolean(found);
  return name === 'unless' ? !found : null;
}

/** One for each time that the body is rendered. */
function bodyPlaces(block: Block, found: unknown, place: Place, report: Report): readonly Place[] {
  const within = (scope: unknown) => ({ ...place, scopes: [...place.scopes, scope] });
  const name = isPath(block.path) ? block.path.original : '';
  switch (name) {
    case 'if':
    case 'unless':
      return [{ ...place, isShown: place.isShown && isTaken(block, found) === true }];
    case 'with':
      return [within(isRecord(found) ? found : kOpen)];
    case 'each':
      if (Array.isArray(found) && found.length > 0) return found.map(within);
      if (!Array.isArray(found) && found !== kOpen) {
        report(block.params[0] ?? block, 'each walks over an array');
      }
      return [within(kOpen)];
    default:
      report(block.path, `there is no block "${name}": if, unless, each and with are known`);
      return [within(kOpen)];
  }
}

/** The path's value; `kOpen` where it cannot be known, or where it was reported. */
function lookUp(path: Path, { scopes }: Place, report: Report): unknown {
  if (path.data) return lookUpLoop(path, scopes, report);
  let found = scopes.at(-1 - path.depth);
  for (const part of path.parts) {
    if (found === kOpen) return kOpen;
    if (!isRecord(found) || !Object.hasOwn(found, part)) {
      report(path, `the view has no "${path.original}"`);
      return kOpen;
    }
    found = found[part];
  }
  return found;
}

/** `@root` begins anew; the others exist in loops only. */
function lookUpLoop(path: Path, scopes: Place['scopes'], report: Report): unknown {
  const [variable = '', ...parts] = path.parts;
  if (variable === 'root') {
    const fromRoot = { ...path, data: false, depth: scopes.length - 1, parts };
    return lookUp(fromRoot, { scopes, isShown: true }, report);
  }
  const known = ['index', 'key', 'first', 'last'].includes(variable) && parts.length === 0;
  if (!known || scopes.length === 1) report(path, `there is no "@${variable}" here`);
  return variable === 'index' || variable === 'key' ? 0 : kOpen;
}

function isPath(node: hbs.AST.Node): node is Path {
  return node.type === 'PathExpression';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
