/** The benchmark for JavaScript engines: Bun.serve with a handler, in one process. */

interface Served {
  readonly url: URL;
}

declare const Bun: {
  serve(options: {
    readonly hostname: string;
    readonly port: number;
    readonly fetch: () => Response;
  }): Served;
};

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: () => new Response('Hello, World!', { headers: { 'content-type': 'text/plain' } }),
});
console.log(`listening on ${server.url}`);
