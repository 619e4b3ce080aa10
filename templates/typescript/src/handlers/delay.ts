import { setTimeout } from 'node:timers/promises';
import { HttpError } from '../server/http-error.ts';
import type { Handler } from '../server/routes.ts';

const kLongestMs = 10_000;

/** Answers later, like a handler that awaits a database; not at all if the client leaves first. */
export const delay: Handler<'/delay/:ms'> = async (request, response) => {
  const ms = Number(request.params.ms);
  if (!(ms >= 0 && ms <= kLongestMs)) {
    throw new HttpError(400, `a delay is a number of milliseconds up to ${kLongestMs}`);
  }
  await setTimeout(ms, undefined, { signal: request.signal });
  response.send(`${ms} ms later\n`);
};
