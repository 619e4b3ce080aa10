import type { Handler } from '../server/routes.ts';

/** Sends the body back as it arrives, reading no faster than the client reads. */
export const echo: Handler = async (request, response) => {
  response.header('Content-Type', request.header('Content-Type') ?? 'application/octet-stream');
  const length = request.bodyLength;
  if (length === undefined) {
    // The body may turn out too long, and the client can be told so (413) only before its answer
    // begins.
    response.send(await request.bytes());
    return;
  }
  const stream = response.stream({ length });
  for await (const piece of request.body) await stream.write(piece);
  stream.end();
};
