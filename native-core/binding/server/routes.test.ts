import { describe, expect, test } from 'vitest';
import type { Request } from './request.ts';
import type { Response } from './response.ts';
import { type Handler, type Middleware, Routes } from './routes.ts';

const kRequest = {} as Request;
const kResponse = {} as Response;

const nothing: Handler = () => undefined;

/** Records when it is called, and when the next handler has answered. */
function noting(calls: string[], name: string): Middleware {
  return (next) => async (request, response) => {
    calls.push(name);
    await next(request, response);
    calls.push(`after ${name}`);
  };
}

describe('routes', () => {
  test('keep the order in which they were added, with the names in their paths', () => {
    const routes = new Routes().get('/users/:id/*', nothing).patch('/users', nothing);
    expect(routes.all).toMatchObject([
      { method: 'GET', path: '/users/:id/*', paramNames: ['id', '*'] },
      { method: 'PATCH', path: '/users', paramNames: [] },
    ]);
  });

  test('are called as they are where there is no middleware', () => {
    expect(new Routes().get('/a', nothing).all[0]?.handler).toBe(nothing);
  });

  test('have the limit that they are given, or the one of the server', () => {
    const routes = new Routes().post('/upload', nothing, { maxBodyBytes: 2 ** 40 });
    routes.put('/upload', nothing, {}).get('/upload', nothing);
    expect(routes.all.map(({ maxBodyBytes }) => maxBodyBytes)).toEqual([2 ** 40, 0, 0]);
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'with a limit of %d are refused',
    (limit) => {
      const routes = new Routes();
      expect(() => routes.post('/a', nothing, { maxBodyBytes: limit })).toThrow(
        `POST /a: maxBodyBytes is not a number of bytes: ${limit}`,
      );
    },
  );

  test('with one method and one path are refused', () => {
    const routes = new Routes().delete('/a', nothing).put('/a', nothing);
    expect(() => routes.delete('/a', nothing)).toThrow('two routes for DELETE /a');
  });
});

describe('middleware', () => {
  test('is called in the order of its use, around all routes', async () => {
    const calls: string[] = [];
    const handler: Handler = () => {
      calls.push('handler');
    };
    const routes = new Routes()
      .use(noting(calls, 'one'))
      .get('/a', handler)
      .use(noting(calls, 'two'))
      .post('/b', handler);
    for (const route of routes.all) {
      calls.length = 0;
      await route.handler(kRequest, kResponse);
      expect(calls).toEqual(['one', 'two', 'handler', 'after two', 'after one']);
    }
  });

  test('answers in the place of what is behind it', () => {
    const calls: string[] = [];
    const refusing: Middleware = () => () => {
      calls.push('refused');
    };
    const routes = new Routes().use(refusing).use(noting(calls, 'behind')).get('/a', nothing);
    routes.all[0]?.handler(kRequest, kResponse);
    expect(calls).toEqual(['refused']);
  });

  test('that is synchronous leaves a handler synchronous', () => {
    const passing: Middleware = (next) => (request, response) => next(request, response);
    const routes = new Routes().use(passing).get('/a', nothing);
    expect(routes.all[0]?.handler(kRequest, kResponse)).toBeUndefined();
  });

  test.each<readonly [string, Handler]>([
    [
      'thrown',
      () => {
        throw new Error('on purpose');
      },
    ],
    ['rejected', () => Promise.reject(new Error('on purpose'))],
  ])('lets an error that is %s through', async (_, handler) => {
    const routes = new Routes().use(noting([], 'one')).get('/a', handler);
    await expect(routes.all[0]?.handler(kRequest, kResponse)).rejects.toThrow('on purpose');
  });

  test('can also stand around one handler', () => {
    const passing: Middleware = (next) => (request, response) => next(request, response);
    const named: Handler<'/users/:id'> = (request) => {
      expect(request.params.id).toBe('7');
    };
    const routes = new Routes().get('/users/:id', passing(named));
    routes.all[0]?.handler({ params: { id: '7' } } as unknown as Request, kResponse);
    expect.assertions(1);
  });
});
