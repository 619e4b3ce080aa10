/** The parts of the gate. */

export type Command = readonly [program: string, ...args: string[]];

/** A stage is built, then tested; either may be empty. */
export interface Stage {
  readonly name: string;
  /** Other stages whose builds this one also needs. */
  readonly after?: readonly string[];
  readonly build?: readonly Command[];
  readonly tests?: readonly Command[];
}

/** What runs in one go: the build or the tests of a stage. */
export interface Job {
  readonly stage: string;
  readonly kind: 'build' | 'tests';
  readonly commands: readonly Command[];
  /** Names of stages whose builds come first. */
  readonly after: readonly string[];
}

/** Builds in the order of the stages, then tests likewise. */
export function jobsOf(stages: readonly Stage[]): readonly Job[] {
  const jobs = stages.flatMap(({ name, after = [], build = [], tests = [] }): readonly Job[] => [
    ...(build.length > 0 ? [{ stage: name, kind: 'build', commands: build, after } as const] : []),
    ...(tests.length > 0
      ? [{ stage: name, kind: 'tests', commands: tests, after: [...after, name] } as const]
      : []),
  ]);
  return [...jobs.filter(isBuild), ...jobs.filter((job) => !isBuild(job))];
}

export function isBuild({ kind }: Job): boolean {
  return kind === 'build';
}

/** The named stages, and the stages whose builds they need, but without the latter's tests. */
export function chosen(stages: readonly Stage[], names: readonly string[]): readonly Stage[] {
  if (names.length === 0) return stages;
  const needed = new Set(names);
  for (const name of needed) {
    for (const other of stages.find((stage) => stage.name === name)?.after ?? []) needed.add(other);
  }
  return stages
    .filter(({ name }) => needed.has(name))
    .map((stage) => (names.includes(stage.name) ? stage : { ...stage, tests: [] }));
}
