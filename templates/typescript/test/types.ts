/**
 * What must not compile: `tsc -p test` fails if the line after an expected error has none. Nothing
 * here is ever run.
 */

import { Routes } from '../src/server/routes.ts';

new Routes()
  .get('/users/:id/files/*', (request, response) => {
    response.send(`${request.params.id} ${request.params['*']}`);
    // @ts-expect-error: the path has no such name
    request.params.nmae;
    // @ts-expect-error: a request can't be changed
    request.params.id = '7';
  })
  // @ts-expect-error: a path begins with a slash
  .get('users', (_request, response) => response.send(''))
  // @ts-expect-error: the answer is given through the response, not returned
  .get('/returned', () => 'text')
  .get('/answers', (_request, response) => {
    // @ts-expect-error: nothing follows an answer
    response.send('').header('X-Late', 'yes');
    // @ts-expect-error: a field is a text or a number
    response.header('X-Many', ['a', 'b']);
    // @ts-expect-error: messages are framed by the server
    response.header('Content-Length', 3);
    // @ts-expect-error: undefined is not JSON
    response.json(undefined);
    // @ts-expect-error: objects are sent by `json`
    response.send({ message: '' });
    // @ts-expect-error: a number is not a body
    response.send(7);
    // @ts-expect-error: a redirect needs a redirect status
    response.redirect('/', 200);
    // @ts-expect-error: a response is written through its stream
    response.write('');
    response.stream().end();
  })
  .post('/body', async (request, response) => {
    const value = await request.json();
    // @ts-expect-error: what a client sends must be checked first
    response.send(value.name);
  });
