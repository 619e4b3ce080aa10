/**
 * The routes a project starts with. They are a demonstration: an added route replaces its
 * equivalent, which the user must have removed by then.
 */

import type { Issue } from '../../../src/error.ts';
import type { Values } from '../../../src/spec/question.ts';
import { additionsOf, answerOf, type Spec } from '../../../src/spec/spec.ts';
import { matchesTheSame, pathOf } from './view.ts';

export interface OwnRoute {
  /** The name of the function in each language. */
  readonly call: 'get' | 'post';
  readonly path: string;
  readonly handler: string;
}

const kOwn: Readonly<Record<string, readonly OwnRoute[]>> = {
  cpp: [
    { call: 'get', path: '/healthz', handler: 'healthz' },
    { call: 'get', path: '/plaintext', handler: 'plaintext' },
    { call: 'get', path: '/json', handler: 'json' },
    { call: 'post', path: '/echo', handler: 'echo' },
  ],
  typescript: [
    { call: 'get', path: '/healthz', handler: 'healthz' },
    { call: 'get', path: '/plaintext', handler: 'plaintext' },
    { call: 'get', path: '/json', handler: 'json' },
    { call: 'get', path: '/delay/:ms', handler: 'delay' },
    { call: 'post', path: '/echo', handler: 'echo' },
  ],
};

/** The project's own routes, except those that an added route replaces. */
export function ownRoutes(spec: Spec): readonly OwnRoute[] {
  const added = additionsOf(spec, 'route');
  const own = kOwn[String(answerOf(spec, 'language'))] ?? [];
  return own.filter((route) => !added.some((values) => replaces(values, route)));
}

/**
 * The router refuses a path whose method is taken, and a path that differs only in segment names.
 */
function replaces(added: Values, { call, path }: OwnRoute): boolean {
  if (!matchesTheSame(pathOf(added), path)) return false;
  return pathOf(added) !== path || String(added.method).toLowerCase() === call;
}

/**
 * The demonstration's own line, if it is still on the disk; `read` returns null for a missing file.
 */
export function ownRouteInTheWay(
  added: Values,
  { language }: Values,
  read: (path: string) => string | null,
): Issue | null {
  const file = language === 'cpp' ? 'src/routes.cc' : 'src/routes.ts';
  const lines = (read(file) ?? '').split('\n');
  for (const route of kOwn[String(language)] ?? []) {
    if (!replaces(added, route)) continue;
    const quoted = language === 'cpp' ? `"${route.path}"` : `'${route.path}'`;
    const found = lines.findIndex((line) => line.includes(`.${route.call}(${quoted}, `));
    if (found === -1) continue;
    const method = route.call.toUpperCase();
    return {
      at: '--path',
      message: `${route.handler} already answers ${method} ${route.path} (${file}:${found + 1})`,
      fix: 'Remove that line first, with its handler and its test, or choose another --path.',
    };
  }
  return null;
}
