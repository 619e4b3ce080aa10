/** The files `add deploy` writes for a project with these answers. */

import { generators } from '../../generators/index.ts';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble } from '../../src/plan/assemble.ts';
import type { Contributions } from '../../src/plan/contribution.ts';
import { parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';
import type { Addition } from '../../src/spec/addition.ts';
import type { Answers } from '../../src/spec/question.ts';

export const kTargets: readonly string[] = [
  'classic',
  'compose',
  'debian',
  'docker',
  'github-actions',
  'kubernetes',
  'systemd',
];

export interface More {
  readonly port?: number;
  readonly more?: readonly Addition[];
  /** Contributions of a feature that the project doesn't have. */
  readonly contributions?: Contributions;
}

/** The whole project's texts, by path. */
export async function filesOf(
  answers: Answers,
  targets: readonly string[],
  { port = 8080, more = [], contributions }: More = {},
): Promise<ReadonlyMap<string, string>> {
  const parsed = parse({ name: 'shop', ...answers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const deployed = targets.map(
    (target): Addition => ({ kind: 'deploy', values: { target, port } }),
  );
  const additions = [...more, ...deployed];
  const assets = packagedAssets();
  const feature = { id: 'feature', questions: [], rules: [], files: () => [] };
  const features =
    contributions === undefined ? [] : [{ ...feature, contributions: () => contributions }];
  const plan = assemble([...generators, ...features], { ...parsed.spec, additions }, assets);
  const tree = await render(plan, assets);
  return new Map(tree.map(({ path, text }) => [path, text]));
}

/** How long the stop signal is delayed by default. */
export const kDelay: More = {
  contributions: {
    settings: {
      items: [
        {
          key: 'drain-delay-ms',
          group: 'Deadlines',
          takes: { kind: 'number', unit: 'ms', min: 0, max: 9_000_000, default: 4500, auto: null },
          help: 'Delay between the signal to stop and the drain',
          story: [],
        },
      ],
      because: [],
    },
  },
};
