import { expect, test } from 'vitest';
import type { Values } from '../../../src/spec/question.ts';
import { featureObjections, routeObjections } from './objections.ts';

function route(name: string, method: string, path: string): Values {
  return { name, method, path, handler: '' };
}

test('routes that differ in method or path are no problem', () => {
  const routes = [
    route('read', 'GET', '/users/:id'),
    route('write', 'PUT', '/users/:id'),
    route('list', 'GET', '/users'),
    route('me', 'GET', '/users/me'),
    route('posts', 'GET', '/users/:user/posts'),
    route('rest', 'GET', '/users/:id/*'),
  ];
  expect(routeObjections(routes)).toEqual([]);
});

test('a second route for a method and path is named, with the first', () => {
  const routes = [route('one', 'GET', '/a/:x'), route('two', 'GET', '/a/:x')];
  expect(routeObjections(routes)).toEqual([
    {
      at: 'route two',
      message: 'GET /a/:x is already answered by the route one',
      fix: expect.stringContaining('--path'),
    },
  ]);
});

test('a route without a path is found by its name', () => {
  const routes = [route('one', 'GET', '/two'), route('two', 'GET', '')];
  expect(routeObjections(routes)).toMatchObject([{ at: 'route two' }]);
});

test('a path that differs by a name only would hide the other one', () => {
  const routes = [route('one', 'GET', '/a/:x/b'), route('two', 'PUT', '/a/:y/b')];
  expect(routeObjections(routes)).toMatchObject([
    {
      message: '/a/:y/b matches the same paths as the route one, /a/:x/b',
      fix: expect.stringContaining('--path /a/:x/b'),
    },
  ]);
});

test('a route that a feature answers is named, with the feature', () => {
  const feature = {
    method: 'get',
    path: '/status',
    by: 'the status page',
    cpp: { header: 'status.h', make: 'make_status()' },
  } as const;
  const routes = [route('one', 'GET', '/status'), route('two', 'POST', '/status')];
  expect(featureObjections(routes, [feature])).toEqual([
    {
      at: 'route one',
      message: 'GET /status is already answered by the status page',
      fix: 'Choose another --path, or regenerate without the status page.',
    },
  ]);
});
