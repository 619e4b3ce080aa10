/**
 * Handlebars as this house uses it: strict, no HTML escaping, no helpers but the built-in blocks
 * and what trusted packs bring.
 */

import Handlebars from 'handlebars';
import { ExitCode, UserError } from '../error.ts';
import { type Assets, blocksIn } from '../plan/assets.ts';
import { Budget } from './budget.ts';

/**
 * Renders a template below `templates/` with its view.
 * Errors: `UserError` (failure) with template:line:column; the built-in ones never fail.
 */
export type RenderTemplate = (template: string, view: object) => string;

const kCompileOptions = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  // A block's text is indented as it stands: Handlebars would indent its empty lines too.
  preventIndent: true,
} as const;

type Environment = typeof Handlebars;

/** A renderer that compiles each template once; its Handlebars shares nothing with others. */
export function createRenderer(assets: Assets): RenderTemplate {
  const handlebars = Handlebars.create();
  // Partials of a template's own would pass by the budget.
  handlebars.unregisterDecorator('inline');
  const budget = new Budget();
  const helpers = assets.helpers ?? {};
  const brought = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  // These two of Handlebars' own print to the console, and look up what no lint can see.
  const knownHelpers = { log: false, lookup: false, ...brought };
  const options = { ...kCompileOptions, knownHelpers };
  for (const [name, call] of Object.entries(helpers)) handlebars.registerHelper(name, call);
  countLoops(handlebars, budget);
  registerBlocks(handlebars, assets, options, budget);
  const compiled = new Map<string, (view: object) => string>();
  return (template, view) => {
    let run = compiled.get(template);
    if (run === undefined) {
      run = handlebars.compile(assets.read(templatePath(template)), options);
      compiled.set(template, run);
    }
    try {
      budget.reset();
      return budget.whole(run(view));
    } catch (cause) {
      throw refusal(template, cause);
    }
  };
}

function countLoops(handlebars: Environment, budget: Budget): void {
  const each = handlebars.helpers.each as Handlebars.HelperDelegate;
  handlebars.registerHelper('each', function (this: unknown, list, options) {
    const fn: Handlebars.TemplateDelegate = (context, inner) =>
      budget.body(() => options.fn(context, inner));
    return each.call(this, list, { ...options, fn });
  });
}

/** `partials/NAME.hbs` takes the place of what stands in `{{#> NAME}}` … `{{/NAME}}`. */
function registerBlocks(
  handlebars: Environment,
  assets: Assets,
  options: CompileOptions,
  budget: Budget,
): void {
  for (const [name, text] of blocksIn(assets)) {
    const run = handlebars.compile(text, options);
    handlebars.registerPartial(name, (context, inner) => budget.body(() => run(context, inner)));
  }
}

function refusal(template: string, cause: unknown): UserError {
  const message = whereAndWhy(template, cause);
  const fix = 'Mend that template; "create-hpserver pack lint" finds all of its faults.';
  return new UserError(ExitCode.failure, [{ at: template, message, fix }], { cause });
}
/** Where the package keeps the template. */
export function templatePath(template: string): string {
  return `templates/${template}`;
}

/** `cpp/main.cc.hbs:3:7: "port" not defined`; Handlebars itself does not know the file's name. */
export function whereAndWhy(template: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const atRun = /^(.*) - (\d+):(\d+)$/.exec(message);
  if (atRun !== null) {
    const [, why, line, column] = atRun;
    // Handlebars counts columns from 0, editors from 1.
    const where = `${template}:${line}:${Number(column) + 1}`;
    return `${where}: ${why?.replace(' in [object Object]', '')}`;
  }
  const atParse = /^Parse error on line (\d+):\n(.*)$/s.exec(message);
  if (atParse !== null) {
    const [, line, why = ''] = atParse;
    return `${template}:${line}:${columnOfArrow(why)}: ${why}`;
  }
  return `${template}: ${message}`;
}

/** A parse error draws `-----^` below the faulty line. */
function columnOfArrow(message: string): number {
  const arrow = message.split('\n').find((line) => /^-*\^$/.test(line));
  return arrow?.length ?? 1;
}
