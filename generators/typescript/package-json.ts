/** The project's package.json. Exact versions: each of them runs on Node 20.19 and later. */

import type { Library } from '../../src/plan/contribution.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { answerOf } from '../../src/spec/spec.ts';

export function packageJson(spec: Spec, libraries: readonly Library[]): object {
  return {
    name: answerOf(spec, 'name'),
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      build: 'npm run build:native && npm run build:server',
      'build:native':
        'cmake -S native -B build/native -DCMAKE_BUILD_TYPE=Release && cmake --build build/native --parallel $(nproc)',
      'build:server': 'tsc',
      start: 'node dist/main.js',
      // Workers are threads or processes: only watching the folder covers their modules too.
      dev: 'tsc && (tsc --watch --preserveWatchOutput & exec node --watch-path=dist dist/main.js)',
      test: 'tsc -p test && vitest run',
      check: 'biome check',
      format: 'biome check --write',
    },
    dependencies: {
      commander: '14.0.3',
      pino: '10.4.0',
      'smol-toml': '1.9.1',
      zod: '4.6.7',
      ...Object.fromEntries(
        libraries.flatMap(({ npm }) => (npm === null ? [] : [[npm.package, npm.version]])),
      ),
    },
    devDependencies: {
      '@biomejs/biome': '2.6.8',
      '@types/node': '20.19.43',
      'node-addon-api': '8.9.2',
      'node-api-headers': '1.9.0',
      typescript: '7.0.2',
      vitest: '4.1.12',
    },
  };
}
