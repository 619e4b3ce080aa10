/** Plan → Tree: the only place where templates become text. */

import type { Assets } from '../plan/assets.ts';
import type { FileIntent } from '../plan/generator.ts';
import { type Parts, renderingsOf, type Source } from '../plan/source.ts';
import type { Tree } from '../tree/tree.ts';
import { precompiledRenderer } from './precompiled.ts';
import type { RenderTemplate } from './renderer.ts';

/**
 * One renderer for each `Assets`: compiling a project's templates takes longer than everything
 * else.
 */
const renderers = new WeakMap<Assets, RenderTemplate>();

/**
 * Every planned file with its text, in plan order. What `assets` reads must not change between
 * calls.
 */
export async function render(plan: readonly FileIntent[], assets: Assets): Promise<Tree> {
  const renderTemplate = await rendererFor(plan, assets);
  return plan.map(({ source, ...rest }) => ({
    ...rest,
    text: textOf(source, assets, renderTemplate),
  }));
}

/** The modules are imported only when they are needed: each takes a few milliseconds to load. */
async function rendererFor(plan: readonly FileIntent[], assets: Assets): Promise<RenderTemplate> {
  const templates = plan.flatMap(({ source }) =>
    renderingsOf(source).map(({ template }) => template),
  );
  const { kBuiltIn } = await import('./built-in.ts');
  const renderTemplate = await precompiledRenderer(new Set(templates), assets, kBuiltIn);
  if (renderTemplate !== null) return renderTemplate;
  const { createRenderer } = await import('./template.ts');
  const compiling = renderers.get(assets) ?? createRenderer(assets);
  renderers.set(assets, compiling);
  return compiling;
}

type TemplateSource = Extract<Source, { readonly kind: 'template' }>;

function textOf(source: Source, assets: Assets, renderTemplate: RenderTemplate): string {
  switch (source.kind) {
    case 'template':
      return renderTemplate(source.template, viewOf(source, renderTemplate));
    case 'copy':
      return assets.read(source.from);
    case 'json':
      return `${JSON.stringify(source.value, null, 2)}\n`;
  }
}

function viewOf({ view, parts }: TemplateSource, renderTemplate: RenderTemplate): object {
  return parts === undefined ? view : { ...view, parts: textsOf(parts, renderTemplate) };
}

function textsOf(parts: Parts, renderTemplate: RenderTemplate): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, { template, view }]) => [
      name,
      renderTemplate(template, view).replace(/\n$/, ''),
    ]),
  );
}
