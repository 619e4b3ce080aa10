import type { Handler } from '../server/routes.ts';

/** Sends the body back as it comes: a client that reads slowly is read from slowly. */
export const echo: Handler = async (request, response) => {
  response.header('Content-Type', request.header('Content-Type') ?? 'application/octet-stream');
  const length = request.bodyLength;
  if (length === undefined) {
    // It may turn out to be too long, and a client is told so (413) only before its answer begins.
    response.send(await request.bytes());
    return;
  }
  const stream = response.stream({ length });
  for await (const piece of request.body) await stream.write(piece);
  stream.end();
};
