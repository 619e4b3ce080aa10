/** Who has started this process to take its place: an older one of the same server. */

import type { Config } from '../config.ts';
import { addon } from '../server/native.ts';

interface Predecessor {
  /** Of its PID file, with the lock; -1: it has none. */
  readonly pidFileFd: number;
}

interface NativePredecessor {
  /** That of the environment, whose sockets are inherited then; null: nobody hands over. */
  readonly takePredecessor: () => Predecessor | null;
  /** This process serves: the other may end. */
  readonly tellPredecessor: () => void;
}

const native: NativePredecessor = addon as NativePredecessor;

/** Whether somebody hands over to this process; before `takePredecessor`. */
export function isHandedOver(): boolean {
  return process.env.HPSERVER_HANDOVER !== undefined;
}

let found: Predecessor | null = null;

/** Call it before anything listens. Errors: throws where what is handed over can't be used. */
export function takePredecessor(_: Config): void {
  found = native.takePredecessor();
}

export function predecessor(): Predecessor | null {
  return found;
}

/** Whom it replaces may end. */
export function tellPredecessor(): void {
  if (found !== null) native.tellPredecessor();
}
