/** What must be true of every plan, whatever project it is for. */

import type { Plan } from '../../src/plan/assemble.ts';
import type { Assets } from '../../src/plan/assets.ts';
import { renderingsOf } from '../../src/plan/source.ts';
import { lintTemplate } from '../../src/render/lint.ts';
import { templatePath } from '../../src/render/renderer.ts';

/** Everything the lint finds in their templates with their views. */
export function templateFaults(plans: readonly Plan[], assets: Assets): readonly string[] {
  const faults = new Set<string>();
  for (const { template, view } of plans.flat().flatMap(({ source }) => renderingsOf(source))) {
    const text = assets.read(templatePath(template));
    for (const fault of lintTemplate({ template, text, view })) faults.add(fault);
  }
  return [...faults];
}

/** The packaged files they are made of. */
export function usedAssets(plans: readonly Plan[]): ReadonlySet<string> {
  return new Set(
    plans.flat().flatMap(({ source }) => {
      if (source.kind === 'copy') return [source.from];
      return renderingsOf(source).map(({ template }) => templatePath(template));
    }),
  );
}
