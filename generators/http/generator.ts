/** An HTTP server: what it is told. Its files are those of the language. */

import type { Generator } from '../../src/plan/generator.ts';
import { answerOf } from '../../src/spec/spec.ts';
import { httpSettings } from './settings.ts';

export const http: Generator = {
  id: 'http',
  questions: [],
  rules: [],
  contributions: (spec) => ({
    settings: {
      items: answerOf(spec, 'application') === 'http' ? httpSettings : [],
      because: ['application'],
    },
  }),
  files: () => [],
};
