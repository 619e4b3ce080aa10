/**
 * Finds what Handlebars ignores silently: unknown paths in blocks, and texts that it
 * misunderstands.
 */

import Handlebars from 'handlebars';
import { isRecord } from '../record.ts';
import { whereAndWhy } from './renderer.ts';
import { viewFaults } from './view.ts';

type Program = hbs.AST.Program;
type Statement = hbs.AST.Statement;
type Value = hbs.AST.MustacheStatement;
type Block = hbs.AST.BlockStatement;
type Path = hbs.AST.PathExpression;
type Report = (node: hbs.AST.Node, message: string) => void;

type BlockCall = hbs.AST.PartialBlockStatement;
type PartialCall = hbs.AST.PartialStatement;

interface Spot {
  /**
   * The views in which paths are looked up, the innermost last. `kOpen` stands for a value that
   * isn't known, such as an element of an empty list.
   */
  readonly scopes: readonly unknown[];
  /**
   * False in a branch that this view does not take: names in it must exist, but their values may be
   * null.
   */
  readonly isShown: boolean;
  /** The blocks whose replacements we are inside: none of them may call itself. */
  readonly within: readonly string[];
  readonly file: File;
}

/** What a template or a block's replacement is linted against. */
interface File extends Pick<TemplateUse, 'blocks' | 'helpers'> {
  readonly faults: Set<string>;
}

const kOpen = Symbol('open');

export interface TemplateUse {
  /** Its name below `templates/`. */
  readonly template: string;
  readonly text: string;
  readonly view: object;
  /** The texts that replace blocks, by block name. */
  readonly blocks?: ReadonlyMap<string, string>;
  /** The names of the helpers it may call. */
  readonly helpers?: readonly string[];
}

/** Every fault as `template:line:column: what`; empty for a valid template. */
export function lintTemplate({ template, text, view, ...known }: TemplateUse): readonly string[] {
  const faults = new Set<string>(viewFaults(view).map((fault) => `${template}: ${fault}`));
  const file = { ...known, faults };
  lintText(template, text, { scopes: [view], isShown: true, within: [], file });
  return [...faults];
}

function lintText(name: string, text: string, place: Spot): void {
  const { faults } = place.file;
  for (const { line, column, message } of textFaults(text)) {
    faults.add(`${name}:${line}:${column}: ${message}`);
  }
  const report: Report = ({ loc }, message) =>
    faults.add(`${name}:${loc.start.line}:${loc.start.column + 1}: ${message}`);
  try {
    lintProgram(Handlebars.parseWithoutProcessing(text), place, report);
  } catch (cause) {
    faults.add(whereAndWhy(name, cause));
  }
}

interface TextFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * If a block starts or ends within a line, the spacing of the output depends on luck. `${{` belongs
 * to another language.
 */
function textFaults(text: string): readonly TextFault[] {
  const faults: TextFault[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    const at = (column: number, message: string) =>
      faults.push({ line: index + 1, column: column + 1, message });
    const block = content.search(/(?<!\\)\{\{~?(?:[#/^>]|else\b)/);
    const standsAlone = /^\s*\{\{[^{}]*\}\}\s*$/.test(content);
    if (block >= 0 && !standsAlone) at(block, 'a block tag must be alone on its line');
    const dollar = content.search(/\$\{\{/);
    if (dollar >= 0) at(dollar, '${{ is read as an expression: write $\\{{');
  }
  return faults;
}

function lintProgram(program: Program, place: Spot, report: Report): void {
  for (const statement of program.body) lintStatement(statement, place, report);
}

function lintStatement(statement: Statement, place: Spot, report: Report): void {
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
    case 'PartialStatement':
      lintPartial(statement as PartialCall, place, report);
      break;
    case 'PartialBlockStatement':
      lintReplaceable(statement as BlockCall, place, report);
      break;
    default:
      report(statement, 'templates support values and blocks, but no decorators');
  }
}

/**
 * `{{> NAME}}` inserts the text of that name; `{{> @partial-block}}` inserts the text of the block
 * that is being replaced.
 */
function lintPartial(call: PartialCall, place: Spot, report: Report): void {
  const name = partialName(call, report);
  if (name === null) return;
  if (name === '@partial-block') {
    if (place.within.length === 0)
      report(call, "@partial-block works only in a block's replacement");
  } else if (!lintReplacement(call, name, place, report)) {
    report(call, `there is no partials/${name}.hbs`);
  }
}

/** `{{#> NAME}}` … `{{/NAME}}`: its own text is checked, too, even if a replacement is used. */
function lintReplaceable(call: BlockCall, place: Spot, report: Report): void {
  const name = partialName(call, report);
  const isReplaced = name !== null && lintReplacement(call, name, place, report);
  const isShown = place.isShown && !isReplaced;
  lintProgram(call.program, { ...place, isShown }, report);
}

function lintReplacement(
  call: PartialCall | BlockCall,
  name: string,
  place: Spot,
  report: Report,
): boolean {
  const text = place.file.blocks?.get(name);
  if (text === undefined) return false;
  if (place.within.includes(name)) report(call, `partials/${name}.hbs calls itself`);
  else lintText(`partials/${name}.hbs`, text, { ...place, within: [...place.within, name] });
  return true;
}

function partialName(call: PartialCall | BlockCall, report: Report): string | null {
  if (!isPath(call.name as hbs.AST.Node) || call.params.length > 0 || call.hash !== undefined) {
    report(call, 'call a partial by its name alone: it sees the view of its place');
    return null;
  }
  if (call.loc.start.column > 0) report(call, 'a partial must start in column 1 to indent itself');
  return (call.name as Path).original;
}

function lintValue(value: Value, place: Spot, report: Report): void {
  if (!value.escaped) {
    report(value, '{{{ swallows the braces of the text: write { {{x}} } or {{x}}');
  } else if (isCall(value, place)) {
    for (const param of value.params) if (isPath(param)) lookUp(param, place, report);
  } else if (!isPath(value.path) || value.params.length > 0 || value.hash !== undefined) {
    report(value, 'a value must be a single path: compute it in the view');
  } else {
    const found = lookUp(value.path, place, report);
    if (place.isShown) lintFound(value.path, found, report);
  }
}

function isCall({ path }: Value, { file }: Spot): boolean {
  return isPath(path) && file.helpers?.includes(path.original) === true;
}

function lintFound(path: Path, found: unknown, report: Report): void {
  if (found === kOpen) return;
  if (!['string', 'number', 'boolean'].includes(typeof found)) {
    report(path, `"${path.original}" is not a text or a number`);
  }
  const isFirst = path.loc.start.column === '{{'.length;
  if (String(found).includes('\n') && !isFirst) {
    report(path, `"${path.original}" has several lines, so it must start in column 1`);
  }
}

function lintBlock(block: Block, place: Spot, report: Report): void {
  const [subject] = block.params;
  if (subject === undefined || !isPath(subject) || block.params.length > 1) {
    report(block, 'a block takes a single path');
    return;
  }
  const found = lookUp(subject, place, report);
  for (const inner of bodyPlaces(block, found, place, report)) {
    lintProgram(block.program, inner, report);
  }
  // The type says otherwise, but a block without an {{else}} has no inverse.
  const inverse: Program | null | undefined = block.inverse;
  const isShown = place.isShown && isTaken(block, found) !== true;
  if (inverse) lintProgram(inverse, { ...place, isShown }, report);
}

/** Whether the body of an if or unless is shown; null for other blocks. */
function isTaken({ path }: Block, found: unknown): boolean | null {
  const name = isPath(path) ? path.original : '';
  if (name === 'if') return Boolean(found);
  return name === 'unless' ? !found : null;
}

/** A place for each time that the body is rendered. */
function bodyPlaces(block: Block, found: unknown, place: Spot, report: Report): readonly Spot[] {
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
        report(block.params[0] ?? block, 'each needs an array');
      }
      return [within(kOpen)];
    default:
      report(block.path, `there is no block "${name}"; the blocks are if, unless, each and with`);
      return [within(kOpen)];
  }
}

/** The path's value; `kOpen` if it can't be known, or if a fault was reported. */
function lookUp(path: Path, { scopes }: Pick<Spot, 'scopes'>, report: Report): unknown {
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

/** `@root` is the outermost view; `@index` and the like exist only in loops. */
function lookUpLoop(path: Path, scopes: Spot['scopes'], report: Report): unknown {
  const [variable = '', ...parts] = path.parts;
  if (variable === 'root') {
    const fromRoot = { ...path, data: false, depth: scopes.length - 1, parts };
    return lookUp(fromRoot, { scopes }, report);
  }
  const known = ['index', 'key', 'first', 'last'].includes(variable) && parts.length === 0;
  if (!known || scopes.length === 1) report(path, `there is no "@${variable}" here`);
  return variable === 'index' || variable === 'key' ? 0 : kOpen;
}

function isPath(node: hbs.AST.Node): node is Path {
  return node.type === 'PathExpression';
}
