/** The older server that started this process to take its place. */

import type { Config } from '../config.ts';
import { addon } from '../server/native.ts';

interface Predecessor {
  /** The descriptor of its locked PID file; -1 if it has none. */
  readonly pidFileFd: number;
}

interface NativePredecessor {
  /** The predecessor named in the environment, whose sockets are then inherited; null for none. */
  readonly takePredecessor: () => Predecessor | null;
  /** Reports that this process serves, so the predecessor may stop. */
  readonly tellPredecessor: () => void;
}

const native: NativePredecessor = addon as NativePredecessor;

/** Whether a predecessor hands over to this process. Call it before `takePredecessor`. */
export function isHandedOver(): boolean {
  return process.env.HPSERVER_HANDOVER !== undefined;
}

let found: Predecessor | null = null;

/** Call it before anything listens. Errors: throws if what is handed over can't be used. */
export function takePredecessor(_: Config): void {
  found = native.takePredecessor();
}

export function predecessor(): Predecessor | null {
  return found;
}

/** Lets the process that this one replaces stop. */
export function tellPredecessor(): void {
  if (found !== null) native.tellPredecessor();
}
