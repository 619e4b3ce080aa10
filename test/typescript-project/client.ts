/** A client that sends exactly what it is told to. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Server } from './server.ts';

export async function connected(server: Server): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  await once(socket, 'connect');
  // Errors are ignored: tests ask which side closes the connection, not how.
  socket.on('error', () => {});
  return socket;
}

export function ask(path: string, connection: 'close' | 'keep-alive' = 'keep-alive'): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: ${connection}\r\n\r\n`;
}

/** The head of a POST; its body is up to the caller. */
export function post(path: string, length: number): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`;
}

/** Everything received until the server closes or resets the connection. */
export async function received(client: Socket): Promise<string> {
  let text = '';
  client.on('data', (bytes) => {
    text += bytes;
  });
  client.on('end', () => client.destroy());
  await once(client, 'close');
  return text;
}

/** Pipelines requests on one connection. Returns their answers' bodies; each is a line of JSON. */
export async function pipelined(server: Server, ...paths: readonly string[]): Promise<unknown[]> {
  const client = await connected(server);
  const last = paths.length - 1;
  client.write(paths.map((path, at) => ask(path, at === last ? 'close' : undefined)).join(''));
  const answers = (await received(client)).split('HTTP/1.1 200 OK\r\n').slice(1);
  return answers.map((answer) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))));
}
