import { describe, expect, test } from 'vitest';
import { authorityOf, pathOf } from './target.ts';

describe('a target', () => {
  test.each([
    ['/', '/'],
    ['/users/7?verbose=1', '/users/7'],
    ['/a?b?c/%41', '/a'],
    ['*', '*'],
    ['http://a:80/b?c', '/b'],
    ['HTTP://a', '/'],
    ['http://a?b/c', '/'],
    // H5: equivalent paths are equal, and nothing is decoded twice.
    ['/%70lain%7Etext', '/plain~text'],
    ['/a%2fb%c3%a9', '/a%2Fb%C3%A9'],
    ['/%2541', '/%2541'],
    ['/%zz%4', '/%zz%4'],
    ['/%zz%41', '/%zz%41'],
    ['/%%341', '/%%341'],
    ['/%%32e%%32e/a', '/%%32e%%32e/a'],
    ['/%4%31', '/%4%31'],
    ['/http://a/b', '/http://a/b'],
  ])('%s has the path %s', (target, path) => {
    expect(pathOf(target)).toBe(path);
  });

  // H2
  test.each([
    ['/', undefined],
    ['/http://a/b', undefined],
    ['*', undefined],
    ['http://a', 'a'],
    ['HTTP://a:80/b', 'a:80'],
    ['http://[::1]?b', '[::1]'],
  ])('%s names the host %s', (target, host) => {
    expect(authorityOf(target)).toBe(host);
  });
});
