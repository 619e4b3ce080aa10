import { describe, expect, test } from 'vitest';
import type { AdditionKind } from '../../src/spec/addition.ts';
import { checkValue } from '../../src/spec/parse/check-value.ts';
import { generators } from '../index.ts';

function accepts(kind: string, key: string, value: string): boolean {
  const kinds = generators.flatMap(
    (generator): readonly AdditionKind[] => generator.additions ?? [],
  );
  const declared = kinds.find((candidate) => candidate.kind === kind);
  const question = declared?.questions.find((candidate) => candidate.key === key);
  if (question === undefined) throw new Error(`${kind} has no question ${key}`);
  return checkValue(question, value).ok;
}

describe('the name of a route is', () => {
  test.each(['users', 'user-list', 'v2', 'a', 'time', 'poll', 'get', 'type', 'new-user'])(
    'good: %s',
    (name) => {
      expect(accepts('route', 'name', name)).toBe(true);
      expect(accepts('handler', 'name', name)).toBe(true);
    },
  );

  test.each([
    ['not there', ''],
    ['in upper case', 'Users'],
    ['a path', 'a/b'],
    ['a way out', '..'],
    ['broken by dashes', 'user--list'],
    ['begun by a digit', '2nd'],
    ['a number behind a dash, which no identifier tells apart', 'user-2'],
    ['a word of both languages', 'delete'],
    ['a word of C++', 'namespace'],
    ['a word of C++ with an underscore', 'co-await'],
    ['a word of TypeScript', 'await'],
    ['a handler of the project', 'plaintext'],
    ['a macro', 'errno'],
    ['a name beside the routes', 'routes'],
    ['that of a middleware', 'with-id'],
    ['too long', 'a'.repeat(24)],
  ])('refused where it is %s', (_, name) => {
    expect(accepts('route', 'name', name)).toBe(false);
    expect(accepts('handler', 'name', name)).toBe(false);
  });
});

describe('the path of a route is', () => {
  test.each([
    '',
    '/',
    '/users',
    '/users/:id',
    '/users/:id/posts/:post',
    '/files/*',
    '/*',
    '/a.b/c-d/e_f~g',
    '/well-known/@me/+',
    '/plaintext',
    '/:a/:b/:c/:d/:e/:f/:g/:h',
    '/users/:id/:id_',
  ])('good: %s', (path) => expect(accepts('route', 'path', path)).toBe(true));

  test.each([
    ['not absolute', 'users'],
    ['ended by a slash', '/users/'],
    ['not normal', '/users//7'],
    ['climbing', '/users/../etc'],
    ['standing still', '/./users'],
    ['going on behind *', '/*/users'],
    ['with * in a segment', '/a*'],
    ['with a nameless segment', '/users/:'],
    ['with a name twice', '/:id/of/:id'],
    ['with nine names', '/:a/:b/:c/:d/:e/:f/:g/:h/:i'],
    ['with a quote', "/it's"],
    ['with a query', '/users?id=7'],
    ['with a space', '/a b'],
    ['too long', `/${'a'.repeat(54)}`],
  ])('refused where it is %s', (_, path) => expect(accepts('route', 'path', path)).toBe(false));
});

test('a route may lead to any handler, also to one that is there', () => {
  for (const handler of ['', 'users', 'plaintext', 'delay']) {
    expect(accepts('route', 'handler', handler)).toBe(true);
  }
  expect(accepts('route', 'handler', 'with-id')).toBe(false);
});

test('a protocol has a word of its own, also among the files', () => {
  for (const name of ['chat', 'group-chat', 'delete', 'line']) {
    expect(accepts('protocol', 'name', name)).toBe(true);
  }
  for (const name of ['http', 'build', 'Chat', 'a-protocol-of-ours']) {
    expect(accepts('protocol', 'name', name)).toBe(false);
  }
});

test('a middleware is called without its "with"', () => {
  expect(accepts('middleware', 'name', 'request-id')).toBe(true);
  expect(accepts('middleware', 'name', 'delete')).toBe(true);
  expect(accepts('middleware', 'name', 'with-request-id')).toBe(false);
});
