/** One of everything that can be added, with each of its choices. */

import type { Addition } from '../../src/spec/addition.ts';

export const kEverything: readonly Addition[] = [
  route('users', 'GET', '/users/:id'),
  route('user-list', 'GET', '/users'),
  route('orders', 'GET', ''),
  route('make-user', 'POST', '/users'),
  route('put-file', 'PUT', '/files/:body/*'),
  route('change', 'PATCH', '/a/:x/b/:y'),
  route('organization-member-get', 'GET', '/organizations/:organization/members/:member_number'),
  route('organization-member-put', 'PUT', '/organizations/:organization/members/:member_number'),
  route('organization-list-all', 'GET', '/organizations/are/many/and/have/very/long/paths'),
  route('hello', 'GET', '/hello', 'greeting'),
  route('hello-again', 'DELETE', '/hello', 'greeting'),
  route('text2', 'GET', '/text', 'plaintext'),
  route('text10', 'GET', '/text/*', 'json'),
  { kind: 'handler', values: { name: 'greeting' } },
  { kind: 'handler', values: { name: 'lonely' } },
  { kind: 'middleware', values: { name: 'request-id', sample: 'header' } },
  { kind: 'middleware', values: { name: 'slow', sample: 'timing' } },
  { kind: 'protocol', values: { name: 'chat', framing: 'line', port: 9000 } },
  { kind: 'protocol', values: { name: 'sensor-values', framing: 'length-prefix', port: 9001 } },
  { kind: 'deploy', values: { target: 'docker' } },
  { kind: 'deploy', values: { target: 'compose', port: 8081 } },
  { kind: 'deploy', values: { target: 'systemd', port: 80 } },
  { kind: 'deploy', values: { target: 'kubernetes', port: 8082 } },
  { kind: 'deploy', values: { target: 'classic', port: 8083 } },
  { kind: 'deploy', values: { target: 'debian', port: 8084 } },
  { kind: 'deploy', values: { target: 'github-actions' } },
];

function route(name: string, method: string, path: string, handler = ''): Addition {
  return { kind: 'route', values: { name, method, path, handler } };
}
