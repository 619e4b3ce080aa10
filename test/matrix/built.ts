/** Servers of single architectures, for tests that ask more of them than the suite does. */

import type { Values } from '../../src/spec/question.ts';
import type { Target } from '../blackbox/server.ts';
import { type Architecture, offered } from './architectures.ts';
import { build } from './build.ts';
import { generate, type Project } from './projects.ts';
import { targetOf } from './target.ts';

/** Those of `ids` that this version offers, built; by id. Errors: one cannot be built. */
export function builtTargets(ids: readonly string[]): Promise<ReadonlyMap<string, Target>> {
  return builtServers(named(ids));
}

/** An architecture with further answers; `name` is the variant's own. */
export interface Variant {
  readonly name: string;
  readonly of: string;
  readonly answers: Values;
}

/** By the variants' names. Errors: one isn't offered, or cannot be built. */
export function builtVariants(variants: readonly Variant[]): Promise<ReadonlyMap<string, Target>> {
  return builtServers(
    variants.map(({ name, of, answers }) => {
      const [architecture] = named([of]);
      if (architecture === undefined) throw new Error(`no architecture ${of}`);
      return { ...architecture, id: name, values: { ...architecture.values, ...answers } };
    }),
  );
}

async function builtServers(
  architectures: readonly Architecture[],
): Promise<ReadonlyMap<string, Target>> {
  const projects: Project[] = [];
  for (const architecture of architectures) projects.push(await generate(architecture));
  const failures = await build(projects, 'release');
  for (const [id, why] of failures) throw new Error(`${id}: ${why}`);
  return new Map(
    projects.map((project) => [project.architecture.id, targetOf(project, 'release', '')]),
  );
}

function named(ids: readonly string[]): readonly Architecture[] {
  return offered().filter(({ id }) => ids.includes(id));
}

export function isOffered(id: string): boolean {
  return named([id]).length > 0;
}

/** The target under strace, whose summary of calls comes into `file` when it has ended. */
export function counted(target: Target, calls: string, file: string): Target {
  // -D keeps the server our child, so that signals reach it and not the tracer.
  const flags = ['-D', '-f', '-c', '-qqq', '-o', file, '-e', `trace=${calls}`];
  return {
    ...target,
    name: `${target.name}, counted`,
    start: ['strace', ...flags, ...target.start],
  };
}

/** `90.11    0.01    2      4711        12 futex` */
export function callsIn(summary: string): ReadonlyMap<string, number> {
  const lines = summary.matchAll(/^ *[\d.]+ +[\d.]+ +\d+ +(\d+) +(?:\d+ +)?(\w+)$/gm);
  return new Map([...lines].map(([, count, name = '']) => [name, Number(count)]));
}
