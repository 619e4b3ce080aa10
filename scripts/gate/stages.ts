/** The stages of `npm test`. A new one is one line in the list below. */

import { availableParallelism } from 'node:os';
import type { Command, Stage } from './stage.ts';

type Mode = 'release' | 'asan' | 'tsan';

/** Which rows of the matrix are included: docs/decisions/0018. */
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
    // With a fixed seed: what passes here passes elsewhere. `npm run fuzz` tries others.
    tests: [['tsx', 'scripts/fuzz.ts', '--built', '--seconds', '30', '--seed', '1']],
  },
  matrix('release', '--language', 'cpp', '--cover'),
  matrix('asan', '--filter', 'epoll-edge-reactor'),
  matrix('tsan', '--filter', 'epoll-edge-reactor'),
  { ...matrix('release', '--language', 'typescript', '--cover'), name: 'matrix-node' },
  // `npm run matrix -- --mode MODE` runs all rows with all checks.
];

function core(preset: Mode): Stage {
  const folder = `native-core/build/${preset}`;
  const configure: Command = ['cmake', '-S', 'native-core', '--preset', preset];
  return {
    name: `core-${preset}`,
    build: [
      // If configured by hand, the folder may use another of CMake's generators.
      ['rm', '-f', `${folder}/CMakeCache.txt`],
      [...configure, '-DHPSERVER_TESTS=ON'],
      ['cmake', '--build', folder, '--parallel', String(availableParallelism())],
    ],
    tests: [['tsx', 'scripts/gate/core-tests.ts', preset]],
  };
}

/** Without the checks that only wait; see test/matrix/run.ts. */
function matrix(mode: Mode, ...filter: readonly string[]): Stage {
  const rows: Command = ['tsx', 'test/matrix/run.ts', '--mode', mode, '--quick', ...filter];
  return {
    name: `matrix-${mode}`,
    after: [`core-${mode}`],
    build: [[...rows, '--build']],
    tests: [[...rows, '--built']],
  };
}
