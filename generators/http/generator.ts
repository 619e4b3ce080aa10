/** An HTTP server's settings. Its files come from the language generators. */

import type { Generator } from '../../src/plan/generator.ts';
import { answerOf } from '../../src/spec/spec.ts';
import { httpSettings, kHttpPort } from './settings.ts';

export const http: Generator = {
  id: 'http',
  questions: [],
  rules: [],
  contributions: (spec) => {
    const isHttp = answerOf(spec, 'application') === 'http';
    const of = <Item>(...items: readonly Item[]) => ({
      items: isHttp ? items : [],
      because: ['application'],
    });
    return {
      settings: of(...httpSettings),
      ports: of(kHttpPort),
      probes: of({ port: kHttpPort.name, path: '/healthz' }),
    };
  },
  files: () => [],
};
