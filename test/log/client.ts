/** Requests with arbitrary fields, over one connection. */

import { connect } from 'node:net';

/** Resolves when all are answered. Errors: rejects if the connection fails or closes early. */
export function exchange(
  url: string,
  fields: Readonly<Record<string, string>> = {},
  count = 1,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const lines = Object.entries({ Host: hostname, ...fields }).map(([key, value]) => {
    return `${key}: ${value}\r\n`;
  });
  const request = `GET /plaintext HTTP/1.1\r\n${lines.join('')}\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('connect', () => socket.write(request.repeat(count)));
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.split('HTTP/1.1 200 ').length <= count) return;
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
    socket.on('end', () => reject(new Error('closed before its answer')));
  });
}
