/** git, without the programs that a repository may name: hooks and a monitor of its files. */

/** Stands behind `git`: https://git-scm.com/docs/git#Documentation/git.txt--cltnamegtltvaluegt */
export const kWithoutPrograms: readonly string[] = [
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'core.fsmonitor=false'],
];
