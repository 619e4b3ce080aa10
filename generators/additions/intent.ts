/** A file an addition brings to a project of either language. */

import type { FileIntent } from '../../src/plan/generator.ts';
import type { Owner } from '../../src/spec/owner.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { namespaceOf } from '../cpp/namespace.ts';

export interface AddedFile {
  readonly path: string;
  /** Below `templates/additions/`, without `.hbs`. */
  readonly template: string;
  readonly view: object;
  readonly owner: Owner;
  readonly because: readonly string[];
}

/** Its id consists of the language and the path, like those of the project's other files. */
export function addedFile(spec: Spec, file: AddedFile): FileIntent {
  const { path, template, view, owner, because } = file;
  return {
    id: `${answerOf(spec, 'language')}/${path}`,
    path,
    source: { kind: 'template', template: `additions/${template}.hbs`, view },
    mode: 0o644,
    owner,
    because: [...new Set(['language', ...because])].sort(),
  };
}

export function isCpp(spec: Spec): boolean {
  return answerOf(spec, 'language') === 'cpp';
}

export function namespaceIn(spec: Spec): string {
  return namespaceOf(String(answerOf(spec, 'name')));
}
