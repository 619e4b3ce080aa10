import type { Handler } from '../server/routes.ts';

export const plaintext: Handler = (_request, response) => {
  response.send('Hello, World!');
};
