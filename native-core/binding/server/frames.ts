/** Protocols besides HTTP: each frame is passed to a handler, and answers are sent in order. */

import { AsyncResource } from 'node:async_hooks';
import type { OnHandlerError } from './dispatch.ts';
import { type FrameAnswer, type FrameId, frames } from './native-frames.ts';
import type { ListenOptions, QueueOptions } from './options.ts';

/** The connection of a frame. */
export interface Connection {
  /** The sender: `127.0.0.1:49152`. */
  readonly peer: string;
  /** Closes the connection once this frame is answered. */
  close(): void;
}

/** The answer to a frame: another frame, or nothing. */
export type Answer = string | Uint8Array | null;

/**
 * Answers one frame, now or later; the connection's next frame waits until then. If it throws, the
 * error is logged and the connection is closed.
 */
export type FrameHandler = (frame: Buffer, connection: Connection) => Answer | Promise<Answer>;

/** By protocol name. */
export type FrameHandlers = Readonly<Record<string, FrameHandler>>;

export interface ProtocolOptions extends ListenOptions {
  /** Where each protocol listens, by its name; like `listen`. */
  readonly protocols: Readonly<Record<string, readonly string[]>>;
}

/**
 * Extends a server's options to listen for the protocols too. For the thread that starts the
 * server.
 */
export function withProtocols<Options extends ProtocolOptions & Partial<QueueOptions>>(
  options: Options,
): Options {
  layOut(options);
  const { listen, protocols } = options;
  return { ...options, listen: [...listen, ...Object.values(protocols).flat()] };
}

/**
 * Answers frames on this thread, once its loop has started or from now on.
 * Errors: throws if a protocol has no handler, or the addon doesn't know it.
 */
export function serveFrames(
  handlers: FrameHandlers,
  options: ProtocolOptions & Partial<QueueOptions>,
  onError: OnHandlerError,
): void {
  layOut(options);
  const answerers = Object.keys(options.protocols).map((name) => {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(`the protocol ${name} has no handler`);
    return answerer(name, handler, onError);
  });
  frames.serveFrames((protocol, frame, bytes, peer) => answerers[protocol]?.(frame, bytes, peer));
}

/** A server's addresses for display: `chat on 127.0.0.1:9000` for the protocols, and HTTP's. */
export function listeners(
  urls: readonly string[],
  { protocols }: ProtocolOptions,
): { readonly http: readonly string[]; readonly beside: readonly string[] } {
  const names = Object.entries(protocols).flatMap(([name, listen]) => listen.map(() => name));
  const first = urls.length - names.length;
  const beside = names.map((name, index) => {
    return `${name} on ${urls[first + index]?.replace('http://', '')}`;
  });
  return { http: urls.slice(0, first), beside };
}

function layOut({ protocols, queueCapacity = 0 }: ProtocolOptions & Partial<QueueOptions>): void {
  const placed = Object.entries(protocols).map(([name, listen]) => {
    return { name, addresses: listen.length };
  });
  frames.layOutFrames(placed, queueCapacity);
}

/** Outside of every frame: the next one may arrive while another is being answered. */
const kOutside = new AsyncResource('HPSERVER_FRAMES');

function answerer(
  name: string,
  handler: FrameHandler,
  onError: OnHandlerError,
): (frame: FrameId, bytes: Buffer, peer: string) => FrameAnswer {
  const answer = (frame: FrameId, bytes: Buffer, peer: string): FrameAnswer => {
    let closes = false;
    const close = (): void => {
      closes = true;
    };
    const answerLater = (answering: Promise<Answer>): undefined => {
      answering.then(
        (answer) => frames.answerFrame(frame, answer, closes),
        (error) => {
          frames.answerFrame(frame, null, true);
          onError(error, `${name} from ${peer}`);
        },
      );
    };
    try {
      const given = handler(bytes, { peer, close });
      if (given instanceof Promise) return answerLater(given);
      // Only a late answer can also close the connection.
      return closes ? answerLater(Promise.resolve(given)) : given;
    } catch (error) {
      onError(error, `${name} from ${peer}`);
      return false;
    }
  };
  return (frame, bytes, peer) => {
    // Each frame gets its own async context, so what its handler enters (AsyncLocalStorage) affects
    // no other.
    const context = kOutside.runInAsyncScope(() => new AsyncResource('HPSERVER_FRAME'));
    return context.runInAsyncScope(answer, undefined, frame, bytes, peer);
  };
}
