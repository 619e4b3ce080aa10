/** A picture as data: what stands where, and what leads from one to another. Renderers draw it. */

/** Who it is decides how it is drawn. */
export type Shape = 'clients' | 'executor' | 'queue' | 'kernel';

export interface Box {
  /** One word; names the box in arrows. */
  readonly id: string;
  readonly shape: Shape;
  /** The first is its name. */
  readonly lines: readonly string[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** What is handed on; empty where the boxes say it. */
  readonly label: string;
  /** `both`: there and back. `later`: who stands at its tail becomes who stands at its head. */
  readonly kind: 'one-way' | 'both' | 'later';
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** The boxes of one process, where all executors are threads of it; else empty. */
  readonly process: readonly string[];
}
