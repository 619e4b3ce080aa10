/** A picture as data: its boxes, and the arrows between them. Renderers draw it. */

/** Decides how the box is drawn. */
export type Shape = 'clients' | 'executor' | 'queue' | 'kernel';

export interface Box {
  /** One word; arrows refer to the box by it. */
  readonly id: string;
  readonly shape: Shape;
  /** The first line is the box's name. */
  readonly lines: readonly string[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** What is handed on; empty if the boxes make it clear. */
  readonly label: string;
  /** `both`: there and back. `later`: the box at the tail becomes the box at the head. */
  readonly kind: 'one-way' | 'both' | 'later';
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** The boxes inside the process, if all executors are threads of one process; otherwise empty. */
  readonly process: readonly string[];
}
