import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['epol', 'epoll'],
  ['eopll', 'epoll'],
  ['EPOLL', 'epoll'],
  ['io_urnig', 'io_uring'],
  ['pol', 'poll'],
  ['kqueue', null],
  ['', null],
])('%j is meant to be %j', (written, meant) => {
  expect(nearest(written, ['epoll', 'poll', 'io_uring'])).toBe(meant);
});
