/** Actually builds projects with a pack, and runs their tests. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeProject } from '../../disk/update/write-project.ts';
import { runCommand } from '../../native/run-command.ts';
import { commandsOf } from '../../plan/catalog.ts';
import type { Spec } from '../../spec/spec.ts';
import { treeOf } from '../plan-packs.ts';
import type { Bench } from './bench.ts';

export interface Built {
  /** The answers in one line. */
  readonly title: string;
  readonly ok: boolean;
  /** The command that failed, and the end of its output; empty if all went well. */
  readonly failure: readonly string[];
}

/** Installs, builds and tests the project in a temporary folder. */
export async function buildCase(bench: Bench, spec: Spec, title: string): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'hppack-build-'));
  try {
    const project = join(folder, 'project');
    await writeProject(project, await treeOf(bench.packs, spec));
    const generators = bench.packs.flatMap((pack) => pack.generators);
    const { install, build, test } = commandsOf(generators, spec);
    for (const argv of [install, build, test]) {
      if (argv === null) continue;
      const { status, tail } = await runCommand(argv, project);
      if (status !== 0) return { title, ok: false, failure: [argv.join(' '), ...tail] };
    }
    return { title, ok: true, failure: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
