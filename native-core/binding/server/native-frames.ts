/** The functions of an addon that knows protocols beside HTTP. */

import { addon } from './native.ts';

/** One frame, until it is answered. Never used again. */
export type FrameId = number;

/**
 * What a frame is answered with: bytes, or nothing (null). The answer comes later (undefined), or
 * never will, and the connection is closed (false).
 */
export type FrameAnswer = string | Uint8Array | null | undefined | false;

export interface NativeFrames {
  /** On each thread that serves or listens: how many of the last addresses are each protocol's. */
  readonly layOutFrames: (
    protocols: readonly { readonly name: string; readonly addresses: number }[],
    queueCapacity: number,
  ) => void;
  /**
   * This thread answers frames from now on, of the protocol with this index in the lay-out. The
   * function must not throw.
   */
  readonly serveFrames: (
    onFrame: (protocol: number, frame: FrameId, bytes: Buffer, peer: string) => FrameAnswer,
  ) => void;
  /** The answer that was left for later. Where the client has gone, nothing happens. */
  readonly answerFrame: (
    frame: FrameId,
    answer: string | Uint8Array | null,
    close: boolean,
  ) => void;
}

export const frames: NativeFrames = addon as NativeFrames;
