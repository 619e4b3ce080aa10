import type { Pack } from '../../pack/pack.ts';

/** What the commands on packs need of the engine. */
export interface PackEngine {
  /** What every pack stands on. */
  readonly builtIn: Pack;
}
