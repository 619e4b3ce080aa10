import type { Handler } from '../server/routes.ts';

/** Sends the body back as it comes: a client that reads slowly is read from slowly. */
export const echo: Handler = async (request, response) => {
  response.header('Content-Type', request.header('Content-Type') ?? 'application/octet-stream');
  const stream = response.stream({ length: request.bodyLength });
  for await (const piece of request.body) await stream.write(piece);
  stream.end();
};
