/** What the service manager that has started the server is told: sd_notify(3). */

import type { Config } from '../config.ts';
import { addon } from '../server/native.ts';

interface NativeSupervisor {
  /** That of $NOTIFY_SOCKET, if there is one. Errors: throws where it can't be reached. */
  readonly findSupervisor: () => void;
  /** Nothing where there is none. Errors: throws EAGAIN, ECONNREFUSED. */
  readonly tellSupervisor: (state: string) => void;
}

const native: NativeSupervisor = addon as NativeSupervisor;

/** Before the root changes, in which its socket may not be. */
export function findSupervisor(_: Config): void {
  native.findSupervisor();
}

/** The server serves, and says so when it ends. */
export function tellSupervisor(_: Config): void {
  const end = (): void => {
    process.off('SIGTERM', end).off('SIGINT', end);
    tell('STOPPING=1');
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  tell('READY=1');
}

/** A manager that doesn't listen is no reason to end. */
function tell(state: string): void {
  try {
    native.tellSupervisor(state);
  } catch (error) {
    process.emitWarning(`the service manager was not told: ${(error as Error).message}`);
  }
}
