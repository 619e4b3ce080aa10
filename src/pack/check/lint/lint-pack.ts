/** Every fault in a pack that a machine can find. */

import { type Issue, UserError } from '../../../error.ts';
import { blocksIn } from '../../../plan/assets.ts';
import { renderingsOf } from '../../../plan/source.ts';
import { lintTemplate } from '../../../render/lint.ts';
import { templatePath } from '../../../render/renderer.ts';
import type { Spec } from '../../../spec/spec.ts';
import type { Tree } from '../../../tree/tree.ts';
import type { Bench } from '../bench.ts';
import { casesOf } from '../cases.ts';
import { type Concerned, concernedBy, concernedTree } from '../concerned.ts';
import { sameTargets, versionIssues } from './identities.ts';
import { pathIssues } from './path-probes.ts';
import { unreachableIssues } from './unreachable.ts';
import { shapingKeys, unusedIssues } from './unused.ts';

export interface Linted {
  readonly issues: readonly Issue[];
  /** How many combinations of answers were examined, and whether they are all. */
  readonly cases: number;
  readonly complete: boolean;
}

/** Each fault once. */
export async function lintPack(bench: Bench): Promise<Linted> {
  const cases = casesOf(bench, await shapingKeys(bench));
  const issues = new Map<string, Issue>();
  const note = (found: readonly Issue[]) => {
    for (const issue of found) issues.set(`${issue.at} ${issue.message}`, issue);
  };
  const seen: Seen = { ids: new Set(), reasons: new Set() };
  for (const spec of cases.specs) note(await caseIssues(bench, spec, seen));
  note(presetIssues(bench));
  note(pathIssues(bench));
  note(versionIssues(bench));
  note(sameTargets(bench));
  note(unreachableIssues(bench, seen.ids));
  note(unusedIssues(bench, seen.reasons));
  return { issues: [...issues.values()], cases: cases.specs.length, complete: cases.complete };
}

/** What the combinations examined so far have shown. */
interface Seen {
  readonly ids: Set<string>;
  readonly reasons: Set<string>;
}

/** Examines one combination: its templates with their views, and the resulting texts. */
async function caseIssues(bench: Bench, spec: Spec, seen: Seen): Promise<readonly Issue[]> {
  try {
    const known = await concernedBy(bench, spec);
    for (const { id, because } of known.intents) {
      seen.ids.add(id);
      for (const reason of because) seen.reasons.add(reason);
    }
    const faults = templateFaults(bench, known);
    // Rendering a faulty template would only report its fault a second time.
    if (faults.length > 0) return faults;
    const tree = await concernedTree(bench, spec, known);
    return untidyIssues(tree.filter(({ id }) => known.intents.some((intent) => intent.id === id)));
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.issues;
    throw thrown;
  }
}

function templateFaults({ pack }: Bench, { intents, assets }: Concerned): readonly Issue[] {
  const own = new Set([...pack.assets.list('templates'), ...pack.assets.list('partials')]);
  const blocks = blocksIn(assets);
  const helpers = Object.keys(assets.helpers ?? {});
  const renderings = intents.flatMap(({ source }) => renderingsOf(source));
  return renderings.flatMap(({ template, view }) => {
    const text = assets.read(templatePath(template));
    return lintTemplate({ template, text, view, blocks, helpers }).flatMap((fault) => {
      const [, name = '', where = '', message = fault] =
        /^(.*?):(\d+:\d+): (.*)$/s.exec(fault) ?? [];
      const isOwn = own.has(name) || own.has(`templates/${name}`);
      return isOwn ? [templateFault(pack.name, name, where, message)] : [];
    });
  });
}

function templateFault(pack: string, name: string, where: string, message: string): Issue {
  return {
    at: `${fileOf(pack, name)}:${where}`,
    message,
    fix: 'See docs/guide/writing-a-pack.md for what templates can use.',
  };
}

/** The engine's name of a template → the file in the pack. */
function fileOf(pack: string, name: string): string {
  const prefix = `packs/${pack}/`;
  if (name.startsWith('partials/')) return name;
  return name.startsWith(prefix) ? `templates/${name.slice(prefix.length)}` : `overrides/${name}`;
}

/** Faults in the texts that any formatter would fix. */
function untidyIssues(tree: Tree): readonly Issue[] {
  return tree.flatMap(({ path, text, owner }) => {
    if (owner === 'generated' || text === '') return [];
    const faults = [
      text.endsWith('\n') ? null : 'does not end with a line break',
      /\n\n$/.test(text) ? 'ends with an empty line' : null,
      /[ \t]\n/.test(text) ? 'has trailing whitespace' : null,
      /\n\n\n/.test(text) ? 'has two empty lines in a row' : null,
      text.includes('\r') ? 'has carriage returns' : null,
    ];
    const fix = 'Fix its template: a block tag must be alone on its line, which then disappears.';
    return faults.flatMap((fault) =>
      fault === null ? [] : [{ at: path, message: `the file ${path} ${fault}`, fix }],
    );
  });
}

function presetIssues({ pack, parse }: Bench): readonly Issue[] {
  const presets = pack.generators.flatMap((generator) => generator.presets ?? []);
  return presets.flatMap(({ id, values }) => {
    const parsed = parse({ name: 'demo', ...values });
    if (parsed.ok) return [];
    return parsed.issues.map((issue) => ({ ...issue, at: `preset "${id}": ${issue.at}` }));
  });
}
