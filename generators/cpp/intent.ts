/** Files of a C++ project that come from `templates/cpp/`, at the same path. */

import type { FileIntent } from '../../src/plan/generator.ts';
import type { Parts, Source } from '../../src/plan/source.ts';

/** Every file depends on the language, and a rendered one contains the project's name. */
export function rendered(
  path: string,
  view: object,
  because: readonly string[],
  parts?: Parts,
): FileIntent {
  const keys = new Set(['language', 'name', ...because]);
  const template = { kind: 'template', template: `cpp/${path}.hbs`, view } as const;
  const source = parts === undefined ? template : { ...template, parts };
  return intent(path, source, [...keys].sort());
}

export function verbatim(path: string, from: string): FileIntent {
  return intent(path, { kind: 'copy', from: `templates/cpp/${from}` }, ['language']);
}

function intent(path: string, source: Source, because: readonly string[]): FileIntent {
  return { id: `cpp/${path}`, path, source, mode: 0o644, owner: 'merged', because };
}
