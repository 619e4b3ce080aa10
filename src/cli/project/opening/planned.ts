/** A draft → what it would do to the project, and how to describe it. */

import type { Preview } from '../../../project.ts';
import type { Draft } from '../../../spec/draft.ts';
import { refuseIssues } from '../../create/wish.ts';
import type { OpenProject } from './open.ts';
import { differences } from './wish.ts';

export interface Planned {
  readonly preview: Preview;
  /** What has changed in the configuration since the project was written. */
  readonly wish: readonly string[];
  /** `create-hpserver: 0.2.0 → 0.3.0`; empty if the same version wrote it. */
  readonly upgrade: readonly string[];
}

/** Errors: `UserError` (usage) for an impossible draft. */
export async function planned(
  { engine, base, directory, written }: OpenProject,
  draft: Draft,
  restore: readonly string[] = [],
): Promise<Planned> {
  const parsed = engine.parse(draft.answers, draft);
  if (!parsed.ok) {
    refuseIssues(parsed.issues);
    throw new Error('a refused parse has issues');
  }
  const preview = await engine.preview(parsed.spec, directory, restore, written);
  const { tool } = written.manifest;
  const upgrade = tool === engine.version ? [] : [`create-hpserver: ${tool} → ${engine.version}`];
  return { preview, wish: differences(base, parsed.spec), upgrade };
}
