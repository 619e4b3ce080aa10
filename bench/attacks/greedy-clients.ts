/** tsx greedy-clients.ts KIND COUNT PORT SECONDS: clients that take everything they can get. */

import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const kHost = 'HTTP/1.1\r\nHost: greedy\r\n';

type Greed = (client: Socket, seconds: number) => Promise<void>;

/** Endless requests, sent in pieces. Their answers are a hundred times as long, and never read. */
const pipelining: Greed = async (client, seconds) => {
  const piece = `GET /style.css ${kHost}\r\n`.repeat(200);
  for (let turn = 0; turn < seconds * 2 && !client.destroyed; turn += 1) {
    if (client.writableLength < piece.length) client.write(piece);
    await sleep(500);
  }
};

/** A body that the server echoes, but the client never reads. */
const hoarding: Greed = async (client) => {
  const body = Buffer.alloc(8 << 20, 'x');
  client.write(`POST /echo ${kHost}Content-Length: ${body.length}\r\n\r\n`);
  client.write(body);
};

/** A file that is never read, then endless request bytes: each direction holds a buffer. */
const starving: Greed = async (client) => {
  client.write(`GET /big.bin ${kHost}\r\n`);
  await sleep(1500);
  for (let count = 0; count < 8 && !client.destroyed; count += 1) {
    client.write('G');
    await sleep(150);
  }
};

/** A request, and then nothing: the connection stays open. */
const staying: Greed = async (client) => {
  client.write(`GET /plaintext ${kHost}\r\n`);
};

const kKinds: Readonly<Record<string, Greed>> = { pipelining, hoarding, starving, staying };

async function one(greed: Greed, port: number, seconds: number): Promise<void> {
  // Different from the good client's address.
  const client = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2', noDelay: true });
  client.pause();
  // Such a client must expect to be cut off.
  client.on('error', () => client.destroy());
  await greed(client, seconds);
}

const [kind = '', count = '', port = '', seconds = ''] = process.argv.slice(2);
const greed = kKinds[kind];
if (greed === undefined) throw new Error(`${kind}: one of ${Object.keys(kKinds).join(', ')}`);
for (let index = 0; index < Number(count); index += 1) {
  void one(greed, Number(port), Number(seconds));
}
setTimeout(() => process.exit(0), Number(seconds) * 1000);
