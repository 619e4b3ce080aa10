/** What an HTTP server puts into the files that every C++ project has. */

import type { CppApplication } from '../../../src/plan/application.ts';
import { drainOf } from '../../../src/plan/setting.ts';
import type { Rendering } from '../../../src/plan/source.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { crewOf, wantsCores } from '../../architecture/settings/crew.ts';
import { namespaceOf } from '../../cpp/namespace.ts';
import { httpSettings } from './settings.ts';

export function cppApplication(spec: Spec): CppApplication {
  return {
    main: {
      headers: ['hpserver/protocol/http/service.h', 'routes.h'],
      functions: part('main-functions', {}),
      shared: ['const auto routes = std::make_shared<const Router>(make_routes(config));'],
      make: 'make_service(routes, config, logs)',
      scheme: 'http://',
    },
    config: {
      headers: [
        'hpserver/base/result.h',
        'hpserver/concurrency/server_options.h',
        'hpserver/protocol/http/service.h',
      ],
      parts: {
        options: part('config-options', { forks: answerOf(spec, 'workers.kind') === 'process' }),
        declarations: part('config-declarations', {}),
        definitions: part('config-definitions', {}),
      },
    },
    readme: {
      intro: part('readme-intro', {}),
      try: part('readme-try', {}),
      places: part('readme-places', {}),
      code: part('readme-code', readmeView(spec)),
      running: part('readme-running', {}),
    },
    flags: ['"--root"', 'folder_'],
  };
}

const kMustNotBlock = "handlers run on a loop's thread and must not block";
const kMayBlock = 'a handler may block; it delays only its own worker';

function readmeView(spec: Spec): object {
  return {
    namespace: namespaceOf(String(answerOf(spec, 'name'))),
    handlers: wantsCores(crewOf(spec)) ? kMustNotBlock : kMayBlock,
    drain: drainOf(httpSettings).key,
  };
}

function part(name: string, view: object): Rendering {
  return { template: `applications/http/cpp/${name}.hbs`, view };
}
