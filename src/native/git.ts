/** git, without the programs a repository can configure: hooks and a file system monitor. */

/** Follows `git`: https://git-scm.com/docs/git#Documentation/git.txt--cltnamegtltvaluegt */
export const kWithoutPrograms: readonly string[] = [
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'core.fsmonitor=false'],
];
