/** The benchmark for native code below JavaScript: uWebSockets.js, in one process. */

import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Response {
  writeHeader(name: string, value: string): Response;
  end(body: string): void;
}

interface App {
  get(path: string, handler: (response: Response) => void): App;
  listen(host: string, port: number, done: (socket: unknown) => void): App;
}

interface Library {
  App(): App;
  us_socket_local_port(socket: unknown): number;
}

// The folder it was installed in.
const require = createRequire(join(process.argv[3] ?? process.cwd(), 'package.json'));
const library = require('@trufflesuite/uws-js-unofficial') as Library;

library
  .App()
  .get('/plaintext', (response) => {
    response.writeHeader('content-type', 'text/plain').end('Hello, World!');
  })
  .listen('127.0.0.1', 0, (socket) => {
    console.log(`listening on http://127.0.0.1:${library.us_socket_local_port(socket)}`);
  });
