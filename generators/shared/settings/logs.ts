/** Which of a program's logs can be sent to a file, where its tests read them. */

import type { Setting } from '../../../src/plan/setting.ts';

export interface Logs {
  readonly hasLog: boolean;
  readonly hasAccessLog: boolean;
  /** Whether there are any. */
  readonly readsLogs: boolean;
}

export function logsIn(settings: readonly Setting[]): Logs {
  const has = (key: string): boolean => settings.some((setting) => setting.key === key);
  const [hasLog, hasAccessLog] = [has('log'), has('access-log')];
  return { hasLog, hasAccessLog, readsLogs: hasLog || hasAccessLog };
}
