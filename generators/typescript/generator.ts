/** The TypeScript project: handlers on the addon, its runtime, its tests and its build. */

import type { Assets } from '../../src/plan/assets.ts';
import type { Commands, FileIntent, Generator } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { sharedFiles } from '../shared/shared-files.ts';
import { nativeFiles } from './native-files.ts';
import { projectFiles } from './project-files.ts';
import { runtimeFiles } from './runtime-files.ts';

export const typescript: Generator = {
  id: 'typescript',
  questions: [],
  rules: [],
  files: (spec, assets) => (isTypescript(spec) ? filesOf(spec, assets) : []),
  commands: (spec) => (isTypescript(spec) ? kCommands : null),
};

function isTypescript(spec: Spec): boolean {
  return answerOf(spec, 'language') === 'typescript';
}

function filesOf(spec: Spec, assets: Assets): readonly FileIntent[] {
  return [
    ...projectFiles(spec),
    ...sharedFiles(spec),
    ...runtimeFiles(spec, assets),
    ...nativeFiles(spec, assets),
  ];
}

const kCommands: Commands = {
  install: ['npm', 'install'],
  build: ['npm', 'run', 'build'],
  test: ['npm', 'test'],
  start: ['node', 'dist/main.js'],
};
