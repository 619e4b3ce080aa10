/**
 * Handlebars as configured here: strict, no HTML escaping, and only the built-in block helpers and
 * those of trusted packs.
 */

import Handlebars from 'handlebars';
import { type Assets, blocksIn } from '../plan/assets.ts';
import { Budget } from './budget.ts';
import { type Environment, type RenderTemplate, rendererOf, templatePath } from './renderer.ts';

const kCompileOptions = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  // The text of a block keeps its own indentation. Handlebars would indent its empty lines, too.
  preventIndent: true,
} as const;

/**
 * Turned off: one built-in helper prints to the console, the other reads values that no lint can
 * check.
 */
const kNoHelpers = { log: false, lookup: false };

/** A renderer that compiles each template once; its Handlebars instance isn't shared. */
export function createRenderer(assets: Assets): RenderTemplate {
  const handlebars = Handlebars.create();
  // A template's inline partials would bypass the budget.
  handlebars.unregisterDecorator('inline');
  const budget = new Budget();
  const helpers = assets.helpers ?? {};
  const brought = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  const options = { ...kCompileOptions, knownHelpers: { ...kNoHelpers, ...brought } };
  for (const [name, call] of Object.entries(helpers)) handlebars.registerHelper(name, call);
  registerBlocks(handlebars, assets, options, budget);
  return rendererOf(handlebars, budget, (template) =>
    handlebars.compile(assets.read(templatePath(template)), options),
  );
}

/** The JavaScript a template compiles to if no pack brings helpers. */
export function precompile(text: string): string {
  return String(Handlebars.precompile(text, { ...kCompileOptions, knownHelpers: kNoHelpers }));
}

/** `partials/NAME.hbs` replaces the text in `{{#> NAME}}` … `{{/NAME}}`. */
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
