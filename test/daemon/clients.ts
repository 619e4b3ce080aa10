/** Clients that send requests all the time, and check every answer. */

import { once } from 'node:events';
import { Agent, type ClientRequest, type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';

/** A draining server keeps a silent connection this long: ConnectionSet's kIdleGrace, or less. */
const kPromisedMs = 400;

export interface Clients {
  /** How many answers there have been. */
  readonly count: () => number;
  /** Stops them. Rejects if a request was lost. */
  readonly stop: () => Promise<number>;
}

/** Each has one connection, which it keeps as long as the server does. */
export function startClients(size: number, where: RequestOptions): Clients {
  let asking = true;
  let count = 0;
  const all = Array.from({ length: size }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let since = performance.now();
    while (asking) {
      expect(await ask({ ...where, agent }, since)).toBe('Hello, World!');
      since = performance.now();
      count += 1;
    }
    agent.destroy();
  });
  return {
    count: () => count,
    stop: async () => {
      asking = false;
      await Promise.all(all);
      return count;
    },
  };
}

/**
 * The body of the answer. If this process stalled since its last answer, a server that drains has
 * given its connection up: then the request is repeated, as clients must be ready to do anyway.
 * See: RFC 9112, section 9.3.1.
 */
async function ask(options: RequestOptions, since: number): Promise<string> {
  const sent = request({ ...options, path: '/plaintext' }).end();
  const silentMs = performance.now() - since;
  try {
    return await bodyOf(sent);
  } catch (error) {
    if (!sent.reusedSocket || silentMs < kPromisedMs) throw error;
    return await plaintextAt(options);
  }
}

/** The body of the answer to one request. */
export function plaintextAt(where: RequestOptions): Promise<string> {
  return bodyOf(request({ ...where, path: '/plaintext' }).end());
}

async function bodyOf(sent: ClientRequest): Promise<string> {
  const [answer] = await once(sent, 'response');
  return text(answer);
}
