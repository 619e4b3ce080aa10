/** The functions of an addon with protocols besides HTTP. */

import { addon } from './native.ts';

/** One frame, until it is answered. Never reused. */
export type FrameId = number;

/**
 * The answer to a frame: bytes, or nothing (null). Undefined: the answer comes later. False: no
 * answer comes, and the connection is closed.
 */
export type FrameAnswer = string | Uint8Array | null | undefined | false;

export interface NativeFrames {
  /**
   * On each thread that serves or listens: how many of the last addresses belong to each protocol.
   */
  readonly layOutFrames: (
    protocols: readonly { readonly name: string; readonly addresses: number }[],
    queueCapacity: number,
  ) => void;
  /**
   * This thread answers frames from now on, of the protocol with this index in the layout. The
   * function must not throw.
   */
  readonly serveFrames: (
    onFrame: (protocol: number, frame: FrameId, bytes: Buffer, peer: string) => FrameAnswer,
  ) => void;
  /** Gives a deferred answer. Does nothing if the client has disconnected. */
  readonly answerFrame: (
    frame: FrameId,
    answer: string | Uint8Array | null,
    close: boolean,
  ) => void;
}

export const frames: NativeFrames = addon as NativeFrames;
