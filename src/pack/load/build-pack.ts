/** An opened pack and its parents → a pack that can plan. */

import { ExitCode, type Issue, UserError } from '../../error.ts';
import { layered } from '../../plan/assets.ts';
import type { PackReference } from '../../spec/spec.ts';
import { compilePack } from '../compile/compile-pack.ts';
import { packAssets } from '../compile/pack-assets.ts';
import { templateIssues } from '../compile/template-issues.ts';
import { documentIssues } from '../document/check-document.ts';
import { groundOf } from '../ground.ts';
import type { Pack } from '../pack.ts';
import { loadCode } from './code/load-code.ts';
import { migrated } from './migrations.ts';
import { codeIn, type OpenPack } from './open-pack.ts';
import { plopPack } from './plop-pack.ts';
import { requireTrust, type TrustOptions, writesOnly } from './trust.ts';

export interface BuildOptions extends TrustOptions {
  /** The pack that every other pack builds on. Its version is that of create-hpserver. */
  readonly builtIn: Pack;
  /** The base of relative sources. */
  readonly directory: string;
}

/** `parents` starts with the built-in pack. Errors: those of `loadPacks`. */
export async function buildPack(
  open: OpenPack,
  parents: readonly Pack[],
  options: BuildOptions,
): Promise<Pack> {
  const { document, folder, source } = open;
  if (document === null) return plopPack(open, groundOf(parents), options);
  const ground = groundOf(parents);
  refuse(source, documentIssues(document, { folder, ...ground, engine: options.builtIn.version }));
  const below = layered(parents.map(({ assets }) => assets));
  const own = packAssets(document.name, folder);
  refuse(source, templateIssues(document.name, own, below));
  const code = codeIn(open);
  if (!writesOnly(code)) await requireTrust(code, options);
  const { generators, helpers } = await loadCode(document, folder);
  const { name, version, hooks } = document;
  const reference: PackReference = { source, name, version };
  const assets = { ...own, helpers };
  return {
    name,
    version,
    reference,
    generators: [compilePack(document, assets, ground), ...generators],
    assets,
    hooks,
    migrate: (answers, from) => migrated(document, answers, from),
  };
}

function refuse(source: string, issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  const placed = issues.map((issue) => ({ ...issue, at: `${source}/${issue.at}` }));
  throw new UserError(ExitCode.usage, placed);
}
