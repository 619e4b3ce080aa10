/** Plan → Tree: the only place where templates become text. */

import type { Assets } from '../plan/assets.ts';
import type { FileIntent, Source } from '../plan/generator.ts';
import type { Tree } from '../tree/tree.ts';
import type { RenderTemplate } from './template.ts';

/** Every planned file with its text, in the order of the plan. */
export async function render(plan: readonly FileIntent[], assets: Assets): Promise<Tree> {
  // Handlebars costs 30 ms to load: only a run that renders pays for it.
  const { createRenderer } = await import('./template.ts');
  const renderTemplate = createRenderer(assets);
  return plan.map(({ source, ...rest }) => ({
    ...rest,
    text: textOf(source, assets, renderTemplate),
  }));
}

function textOf(source: Source, assets: Assets, renderTemplate: RenderTemplate): string {
  switch (source.kind) {
    case 'template':
      return renderTemplate(source.template, source.view);
    case 'copy':
      return assets.read(source.from);
    case 'json':
      return `${JSON.stringify(source.value, null, 2)}\n`;
  }
}
