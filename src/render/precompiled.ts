/**
 * Renders without Handlebars' compiler, which takes half of a run's time, if all templates are
 * precompiled.
 */

import { type Assets, blocksIn } from '../plan/assets.ts';
import { sha256 } from '../tree/hash.ts';
import { Budget } from './budget.ts';
import { type RenderTemplate, rendererOf, templatePath } from './renderer.ts';

/** A compiled template. */
export interface Precompiled {
  /** The hash of the template's text: a pack may have replaced the template. */
  readonly sha256: string;
  /** What Handlebars turns into a function. */
  readonly specification: object;
}

/** By template name. */
export type PrecompiledTemplates = Readonly<Record<string, Precompiled>>;

/** Null if one of the templates isn't precompiled. */
export async function precompiledRenderer(
  templates: ReadonlySet<string>,
  assets: Assets,
  known: PrecompiledTemplates,
): Promise<RenderTemplate | null> {
  // Helpers and blocks of packs are compiled into the templates that use them.
  if (Object.keys(assets.helpers ?? {}).length > 0 || blocksIn(assets).size > 0) return null;
  const isKnown = (template: string): boolean =>
    known[template]?.sha256 === sha256(assets.read(templatePath(template)));
  if (![...templates].every(isKnown)) return null;
  const { default: Handlebars } = await import('handlebars/dist/handlebars.runtime.js');
  const handlebars = Handlebars.create();
  handlebars.unregisterDecorator('inline');
  return rendererOf(handlebars, new Budget(), (template) =>
    handlebars.template(known[template]?.specification as TemplateSpecification),
  );
}
