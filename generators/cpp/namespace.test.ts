import { expect, it } from 'vitest';
import { namespaceOf } from './namespace.ts';

it.each([
  ['my-server', 'my_server'],
  ['chat', 'chat'],
  ['a--b-', 'a_b'],
  ['new', 'new_server'],
  ['poll', 'poll_server'],
  ['spdlog', 'spdlog_server'],
])('%s lives in the namespace %s', (name, namespace) => {
  expect(namespaceOf(name)).toBe(namespace);
});
