/** Tables of architectures: a row is found by model, kind of workers and event pattern. */

import type { Values } from '../../src/spec/question.ts';

/**
 * The row with the most specific key: `sharded thread direct`, else `sharded thread`, else
 * `sharded`. Errors: throws if there is none: a bug, since the rules refuse such a spec.
 */
export function rowOf<Row>(rows: Readonly<Record<string, Row>>, values: Values): Row {
  const { 'concurrency.model': model, 'workers.kind': kind, 'event.pattern': pattern } = values;
  const keys = [`${model} ${kind} ${pattern}`, `${model} ${kind}`, `${model}`];
  for (const key of keys) {
    const row = rows[key];
    if (row !== undefined) return row;
  }
  throw new Error(`no row stands for "${keys[0]}"`);
}
