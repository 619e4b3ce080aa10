/** The benchmark for frameworks: fastify without a logger, in one process. */

import fastify from 'fastify';

const server = fastify({ logger: false, keepAliveTimeout: 600_000 });
server.get('/plaintext', (_request, reply) => {
  reply.type('text/plain').send('Hello, World!');
});
const address = await server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
console.log(`listening on ${address}`);
