import type { Pack } from '../../pack/pack.ts';

/** What the pack commands need from the engine. */
export interface PackEngine {
  /** What every pack builds on. */
  readonly builtIn: Pack;
}
