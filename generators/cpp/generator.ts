/** The C++ project: a program that composes the native core, its tests and its build. */

import type { Assets } from '../../src/plan/assets.ts';
import type { Contributed } from '../../src/plan/contribution.ts';
import type { Commands, FileIntent, Generator } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { coreFiles } from '../core/core-files.ts';
import { kMovedCoreFiles } from '../core/moved.ts';
import { sharedFiles } from '../shared/shared-files.ts';
import { coreEntries } from './composition.ts';
import { projectFiles } from './project-files.ts';

export const cpp: Generator = {
  id: 'cpp',
  questions: [],
  rules: [],
  renames: kMovedCoreFiles,
  files: (spec, assets, contributed) => {
    return isCpp(spec) ? filesOf(spec, assets, contributed) : [];
  },
  commands: (spec) => (isCpp(spec) ? commandsOf(spec) : null),
};

function isCpp(spec: Spec): boolean {
  return answerOf(spec, 'language') === 'cpp';
}

function filesOf(spec: Spec, assets: Assets, contributed: Contributed): readonly FileIntent[] {
  return [
    ...projectFiles(spec, contributed),
    ...sharedFiles(spec, contributed),
    ...coreFiles(assets, coreEntries(spec, contributed), {
      into: 'core',
      because: ['language'],
    }),
  ];
}

function commandsOf(spec: Spec): Commands {
  const build = 'cmake --preset release && cmake --build --preset release --parallel $(nproc)';
  return {
    install: null,
    build: ['sh', '-c', build],
    test: ['ctest', '--preset', 'release'],
    start: [`build/release/${answerOf(spec, 'name')}`],
  };
}
