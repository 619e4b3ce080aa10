/** The TypeScript project: handlers on top of the addon, its runtime, its tests and its build. */

import type { Assets } from '../../src/plan/assets.ts';
import type { Contributed } from '../../src/plan/contribution.ts';
import type { Commands, FileIntent, Generator } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { kMovedCoreFiles } from '../core/moved.ts';
import { sharedFiles } from '../shared/shared-files.ts';
import { nativeFiles } from './native-files.ts';
import { projectFiles } from './project-files.ts';
import { runtimeFiles } from './runtime-files.ts';

export const typescript: Generator = {
  id: 'typescript',
  questions: [],
  rules: [],
  renames: kMovedCoreFiles,
  files: (spec, assets, contributed) => {
    return isTypescript(spec) ? filesOf(spec, assets, contributed) : [];
  },
  commands: (spec) => (isTypescript(spec) ? kCommands : null),
};

function isTypescript(spec: Spec): boolean {
  return answerOf(spec, 'language') === 'typescript';
}

function filesOf(spec: Spec, assets: Assets, contributed: Contributed): readonly FileIntent[] {
  return [
    ...projectFiles(spec, contributed),
    ...sharedFiles(spec, contributed),
    ...runtimeFiles(spec, assets, contributed),
    ...nativeFiles(spec, assets, contributed),
  ];
}

const kCommands: Commands = {
  install: ['npm', 'install'],
  build: ['npm', 'run', 'build'],
  test: ['npm', 'test'],
  start: ['node', 'dist/main.js'],
};
