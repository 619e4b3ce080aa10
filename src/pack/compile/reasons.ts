/** Paths into a view → the answers behind them, as `because` names them. */

import { keysOf } from '../../spec/condition.ts';
import type { Condition } from '../../spec/question.ts';
import type { ViewPath } from './dependencies.ts';

export interface Known {
  /** Keys of questions. */
  readonly keys: readonly string[];
  /** Kinds of additions. */
  readonly kinds: readonly string[];
  /** The kind of addition that the file belongs to. */
  readonly kind?: string;
}

/** Sorted, each once. A path to a branch of the view stands for everything in that branch. */
export function reasonsOf(
  paths: readonly ViewPath[],
  conditions: readonly (Condition | undefined)[],
  known: Known,
): readonly string[] {
  const fromPaths = paths.flatMap((path) => behind(path, known));
  const fromConditions = conditions
    .flatMap((when) => keysOf(when ?? {}))
    // Keys of the addition itself are left out: its kind is a reason already.
    .filter((key) => known.keys.includes(key));
  const own = known.kind === undefined ? [] : [`add ${known.kind}`];
  return [...new Set([...own, ...fromConditions, ...fromPaths])].sort();
}

function behind(path: ViewPath, known: Known): readonly string[] {
  const [first, ...rest] = path;
  switch (first) {
    case undefined:
      return [];
    case 'is':
    case 'as':
      return keysBelow(rest, known.keys);
    case 'answers':
      return behind(rest, known);
    case 'addition':
      return [];
    case 'additions':
      return known.kinds
        .filter((kind) => rest[0] === undefined || rest[0] === kind)
        .map((kind) => `add ${kind}`);
    default:
      return keysBelow(path, known.keys);
  }
}

/** The keys at, below or above a path: `io` stands for `io.model` and `io.trigger`. */
export function keysBelow(path: ViewPath, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => {
    const parts = key.split('.');
    const length = Math.min(parts.length, path.length);
    return parts.slice(0, length).every((part, at) => part === path[at]);
  });
}
