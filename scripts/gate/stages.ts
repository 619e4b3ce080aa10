/** The stages of `npm test`. A new one is a line of the list below. */

import { availableParallelism } from 'node:os';
import type { Command, Stage } from './stage.ts';

type Mode = 'release' | 'asan' | 'tsan';

/** Which rows of the matrix are in them: docs/decisions/0018. */
export const stages: readonly Stage[] = [
  { name: 'check', tests: [['npm', 'run', '--silent', 'check']] },
  { name: 'build', build: [['npm', 'run', '--silent', 'build']], tests: [['publint', '--strict']] },
  core('release'),
  {
    name: 'whole',
    after: ['build', 'core-release'],
    build: [['tsx', 'test/matrix/prepare.ts']],
    tests: [['vitest', 'run', '--project', 'whole']],
  },
  core('asan'),
  core('tsan'),
  {
    name: 'fuzz',
    after: ['core-asan'],
    build: [['tsx', 'scripts/fuzz.ts', '--build']],
    // By one seed: what passes here passes elsewhere. Other ways are `npm run fuzz`.
    tests: [['tsx', 'scripts/fuzz.ts', '--built', '--seconds', '30', '--seed', '1']],
  },
  matrix('release', '--language', 'cpp', '--cover'),
  matrix('asan', '--filter', 'epoll-edge-reactor'),
  matrix('tsan', '--filter', 'epoll-edge-reactor'),
  { ...matrix('release', '--language', 'typescript', '--cover'), name: 'matrix-node' },
  // All rows with all checks are `npm run matrix -- --mode MODE`.
];

function core(preset: Mode): Stage {
  const folder = `native-core/build/${preset}`;
  const configure: Command = ['cmake', '-S', 'native-core', '--preset', preset];
  return {
    name: `core-${preset}`,
    build: [
      // Configured by hand, the folder may belong to another of CMake's generators.
      ['rm', '-f', `${folder}/CMakeCache.txt`],
      [...configure, '-DHPSERVER_TESTS=ON'],
      ['cmake', '--build', folder, '--parallel', String(availableParallelism())],
    ],
    tests: [['tsx', 'scripts/gate/core-tests.ts', preset]],
  };
}

/** Without what only waits; see test/matrix/run.ts. */
function matrix(mode: Mode, ...filter: readonly string[]): Stage {
  const rows: Command = ['tsx', 'test/matrix/run.ts', '--mode', mode, '--quick', ...filter];
  return {
    name: `matrix-${mode}`,
    after: [`core-${mode}`],
    build: [[...rows, '--build']],
    tests: [[...rows, '--built']],
  };
}
