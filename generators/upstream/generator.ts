/** A route answered by another HTTP server, over a pool of connections to it. */

import type { Contributions } from '../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../src/plan/generator.ts';
import { numberShape, type Setting } from '../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { namespaceOf } from '../cpp/namespace.ts';
import { connectionPool } from './question.ts';

export const upstream: Generator = {
  id: 'upstream',
  questions: [connectionPool],
  rules: [],
  contributions: (spec) => contributionsOf(poolOf(spec)),
  files: (spec) => {
    const pool = poolOf(spec);
    return pool === null ? [] : kFiles.map((path) => fileOf(path, pool, spec));
  },
};

interface Pool {
  /** The maximum, unless the configuration says otherwise. */
  readonly connections: number;
  /** Whether all of them are open from the first request on. */
  readonly isFixed: boolean;
}

const kPools: Readonly<Record<string, Pool>> = {
  growing: { connections: 64, isFixed: false },
  fixed: { connections: 8, isFixed: true },
};

const kFiles = ['src/upstream.cc', 'src/upstream.h', 'test/upstream_test.cc'];

/** Null if no other server is used. */
function poolOf({ values }: Spec): Pool | null {
  return kPools[String(values['pools.connections'])] ?? null;
}

function contributionsOf(pool: Pool | null): Contributions {
  const of = <Item>(...items: readonly Item[]) => ({
    items: pool === null ? [] : items,
    because: ['pools.connections'],
  });
  return {
    settings: of(...settingsOf(pool?.connections ?? 0)),
    sources: of(
      { path: 'src/upstream.cc', part: 'program' },
      { path: 'test/upstream_test.cc', part: 'tests' },
    ),
    core: of('protocol/http/router.h', 'protocol/http/upstream_handler.h'),
    routes: of({
      method: 'get',
      path: '/upstream',
      by: 'the upstream server',
      cpp: { header: 'upstream.h', make: 'make_upstream(config)' },
    }),
    places: of({ path: 'src/upstream.cc', what: 'the route that forwards to another HTTP server' }),
    summary: of(
      '`GET /upstream` forwards to another HTTP server (`--upstream`) over connections that stay open.',
    ),
  };
}

function settingsOf(connections: number): readonly Setting[] {
  return [
    {
      key: 'upstream',
      group: 'Upstream',
      takes: { kind: 'address', word: null, default: '127.0.0.1:8081' },
      help: 'The HTTP server behind the route /upstream',
      story: ['The HTTP server behind the route /upstream, and the most connections to it.'],
    },
    {
      key: 'upstream-connections',
      group: 'Upstream',
      takes: numberShape('count', 1, 1024, connections),
      help: 'Maximum number of connections to that server',
      story: [],
    },
  ];
}

function fileOf(path: string, { isFixed }: Pool, spec: Spec): FileIntent {
  const namespace = namespaceOf(String(answerOf(spec, 'name')));
  return {
    id: `cpp/${path}`,
    path,
    source: { kind: 'template', template: `upstream/${path}.hbs`, view: { namespace, isFixed } },
    mode: 0o644,
    owner: 'merged',
    because: ['name', 'pools.connections'],
  };
}
