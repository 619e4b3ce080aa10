/** How the servers of a run are compiled. */

export const kModes = ['release', 'asan', 'tsan'] as const;
export type Mode = (typeof kModes)[number];

/** The flow is the same under the sanitizers, where tracing would double the build. */
export function isTraced(mode: Mode): boolean {
  return mode === 'release';
}
