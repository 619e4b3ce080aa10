import type { Handler } from '../server/routes.ts';

export const json: Handler = (_request, response) => {
  response.json({ message: 'Hello, World!' });
};
