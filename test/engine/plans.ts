/** What must be true of every plan, whatever project it is for. */

import type { Plan } from '../../src/plan/assemble.ts';
import type { Assets } from '../../src/plan/assets.ts';
import { lintTemplate } from '../../src/render/lint.ts';
import { templatePath } from '../../src/render/renderer.ts';

/** Everything the lint finds in their templates with their views. */
export function templateFaults(plans: readonly Plan[], assets: Assets): readonly string[] {
  const faults = new Set<string>();
  for (const { source } of plans.flat()) {
    if (source.kind !== 'template') continue;
    const { template, view } = source;
    const text = assets.read(templatePath(template));
    for (const fault of lintTemplate({ template, text, view })) faults.add(fault);
  }
  return [...faults];
}

/** The packaged files they are made of. */
export function usedAssets(plans: readonly Plan[]): ReadonlySet<string> {
  return new Set(
    plans.flat().flatMap(({ source }) => {
      if (source.kind === 'template') return [templatePath(source.template)];
      return source.kind === 'copy' ? [source.from] : [];
    }),
  );
}
