/** The engine as the commands see it; tests may hand in a small one. */

import type { Catalog, Parsed, Preview } from '../project.ts';
import type { Answers } from '../spec/question.ts';
import type { Spec } from '../spec/spec.ts';

export interface Engine {
  readonly catalog: Catalog;
  readonly parse: (answers: Answers) => Parsed;
  readonly preview: (spec: Spec, directory: string) => Promise<Preview>;
  readonly apply: (preview: Preview) => Promise<void>;
}
