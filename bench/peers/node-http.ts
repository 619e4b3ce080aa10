/** The benchmark for TypeScript: node:http as its documentation shows it, in one process. */

import { createReadStream, promises } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const root = process.argv[2] ?? '.';

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  try {
    const { size } = await promises.stat(join(root, path));
    const headers = { 'content-type': 'application/octet-stream', 'content-length': size };
    response.writeHead(200, headers);
    createReadStream(join(root, path)).pipe(response);
  } catch {
    response.writeHead(404).end();
  }
}

const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  if (request.url === '/plaintext') {
    const body = 'Hello, World!';
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length });
    response.end(body);
  } else {
    void sendFile(request.url ?? '/', response);
  }
});

server.listen(0, '127.0.0.1', 4096, () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
