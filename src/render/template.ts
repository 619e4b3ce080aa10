/**
 * Handlebars as this house uses it: strict, no HTML escaping, no helpers but the built-in blocks
 * and what trusted packs bring.
 */

import Handlebars from 'handlebars';
import { type Assets, blocksIn } from '../plan/assets.ts';
import { Budget } from './budget.ts';
import { type Environment, type RenderTemplate, rendererOf, templatePath } from './renderer.ts';

const kCompileOptions = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  // A block's text is indented as it stands: Handlebars would indent its empty lines too.
  preventIndent: true,
} as const;

/** These two of Handlebars' own print to the console, and look up what no lint can see. */
const kNoHelpers = { log: false, lookup: false };

/** A renderer that compiles each template once; its Handlebars shares nothing with others. */
export function createRenderer(assets: Assets): RenderTemplate {
  const handlebars = Handlebars.create();
  // Partials of a template's own would pass by the budget.
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

/** The JavaScript of what a template is compiled to where no pack brings helpers. */
export function precompile(text: string): string {
  return String(Handlebars.precompile(text, { ...kCompileOptions, knownHelpers: kNoHelpers }));
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
