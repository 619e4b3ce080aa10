import { delay } from './handlers/delay.ts';
import { echo } from './handlers/echo.ts';
import { json } from './handlers/json.ts';
import { plaintext } from './handlers/plaintext.ts';
import { Routes } from './server/routes.ts';

/** Which handler answers what; all other paths are files below the root. */
export const routes = new Routes()
  .get('/plaintext', plaintext)
  .get('/json', json)
  .get('/delay/:ms', delay)
  .post('/echo', echo);
