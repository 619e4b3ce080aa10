/** A few requests, one at a time, so the lines of each one are separate in the trace. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { hello, match, probe, request } from '../../blackbox/exchange.ts';
import { atRest } from '../../blackbox/rest.ts';
import { launch, type Running, type Target } from '../../blackbox/server.ts';
import { Wire } from '../../blackbox/wire.ts';
import { type Line, linesIn } from './line.ts';

export interface Segment {
  readonly name: string;
  /** 0 or 1: which of the two clients. */
  readonly connection: number;
  /** True for the first request of a connection, which the server must accept first. */
  readonly opens: boolean;
  /** Whether a handler of the application answers; files are served by the server itself. */
  readonly handled: boolean;
  readonly lines: readonly Line[];
}

export interface Conversation {
  /** The id of the process that was started. */
  readonly pid: number;
  readonly segments: readonly Segment[];
  /** From the server's start to its exit. */
  readonly all: readonly Line[];
  readonly output: string;
}

const kBody = 'e'.repeat(300_000);

const kFile = request('GET /index.html');

const kRequests = [
  { name: 'a first GET', method: 'GET', text: probe },
  { name: 'a second GET', method: 'GET', text: probe },
  { name: 'a file', method: 'GET', text: kFile },
  {
    name: 'a large POST',
    method: 'POST',
    text: request('POST /echo', [`Content-Length: ${kBody.length}`], kBody),
  },
] as const;

/** Two connections, the second while the first is still open if the server can hold two. */
export async function converse(target: Target): Promise<Conversation> {
  const server = await launch(target, []);
  const segments: Segment[] = [];
  const open: Wire[] = [];
  try {
    for (const connection of [0, 1]) {
      const from = connection === 0 ? 0 : (await quiet(server)).length;
      const wire = await Wire.open(
        server.address,
        kRequests.map(({ method }) => method),
      );
      open.push(wire);
      segments.push(...(await ask(server, wire, { connection, from })));
      if ((target.capacity ?? 2) < 2) wire.destroy();
    }
  } finally {
    for (const wire of open) wire.destroy();
    await server.stop();
  }
  const output = server.output();
  return { pid: server.pid, segments, all: linesIn(output), output };
}

/** `from`: the length of the output before the connection was opened. */
async function ask(
  server: Running,
  wire: Wire,
  { connection, from: start }: { readonly connection: number; readonly from: number },
): Promise<readonly Segment[]> {
  const segments: Segment[] = [];
  let from = start;
  for (const [index, { name, text }] of kRequests.entries()) {
    wire.write(text);
    const answer = (await wire.answers(index + 1))[index];
    if (text === probe) match(answer, hello, name);
    else match(answer, { status: 200 }, name);
    const output = await quiet(server);
    const lines = linesIn(output.slice(from));
    segments.push({
      name: `${name} of client ${connection}`,
      connection,
      opens: index === 0,
      handled: text !== kFile,
      lines,
    });
    from = output.length;
  }
  return segments;
}

/**
 * Waits until nothing more is printed: the client has its answer before the server prints that it
 * re-arms.
 */
async function quiet(server: Running): Promise<string> {
  await atRest(server.pid);
  // What has been printed is in the pipe, and is read in this process's next turns of its loop.
  for (let turn = 0, before = ''; turn < 2 || server.output() !== before; turn += 1) {
    before = server.output();
    await nextTurn();
  }
  return server.output();
}
