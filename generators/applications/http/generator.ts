/** An HTTP server: what answers its clients, its settings, and its files in C++. */

import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { isCpp } from '../../additions/intent.ts';
import { cppApplication } from './cpp-application.ts';
import { cppFiles, cppSources } from './cpp-files.ts';
import { httpSettings, kHttpPort } from './settings.ts';

export const http: Generator = {
  id: 'http',
  questions: [],
  rules: [],
  contributions: (spec) => {
    const of = <Item>(...items: readonly Item[]) => ({
      items: isHttp(spec) ? items : [],
      because: ['application'],
    });
    return {
      applications: of({ name: 'http', cpp: cppApplication(spec) }),
      core: of(...kCoreHeaders),
      sources: of(...cppSources),
      settings: of(...httpSettings),
      ports: of(kHttpPort),
      probes: of({ port: kHttpPort.name, path: '/healthz' }),
    };
  },
  files: (spec, _, contributed) => {
    if (!isHttp(spec)) return [];
    return [indexPage(spec), ...(isCpp(spec) ? cppFiles(spec, contributed) : [])];
  },
};

function isHttp(spec: Spec): boolean {
  return answerOf(spec, 'application') === 'http';
}

/** What the project's own C++ sources include. */
const kCoreHeaders = ['access_log', 'request', 'response', 'router', 'service'].map(
  (name) => `protocol/http/${name}.h`,
);

function indexPage(spec: Spec): FileIntent {
  const view = { name: answerOf(spec, 'name') };
  return {
    id: 'shared/index-page',
    path: 'public/index.html',
    source: { kind: 'template', template: 'shared/index.html.hbs', view },
    mode: 0o644,
    owner: 'merged',
    because: ['language', 'name'],
  };
}
