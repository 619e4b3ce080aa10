/**
 * What every project has, whatever it serves: its name, its language, its configuration and
 * dotfiles.
 */

import type { IgnoredPath, Part } from '../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../src/plan/generator.ts';
import { documentOf } from '../../src/spec/parse/migrate.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { application, language, name } from './questions.ts';
import { reservedNames } from './reserved-names.ts';

export const project: Generator = {
  id: 'project',
  questions: [name, language, application],
  rules: [reservedNames],
  files: (spec, _, { ignored }) => [wish(spec), gitignore(spec, ignored), editorconfig()],
};

function wish(spec: Spec): FileIntent {
  const additions = spec.additions.map(({ kind }) => `add ${kind}`);
  return {
    id: 'project/wish',
    path: 'hpserver.json',
    source: { kind: 'json', value: documentOf(spec) },
    mode: 0o644,
    owner: 'merged',
    informed: true,
    because: [...Object.keys(spec.values), ...new Set(additions)],
  };
}

const kIgnored = {
  cpp: [
    { path: 'build/', reason: 'Built by CMake.' },
    { path: 'CMakeUserPresets.json', reason: 'Your own presets.' },
  ],
  typescript: [
    { path: 'node_modules/', reason: 'Installed by npm.' },
    { path: 'dist/', reason: 'Built by tsc.' },
    { path: 'build/', reason: 'Built by CMake: the addon.' },
  ],
} as const;

function gitignore(spec: Spec, contributed: Part<IgnoredPath>): FileIntent {
  const ignored = [
    ...(answerOf(spec, 'language') === 'cpp' ? kIgnored.cpp : kIgnored.typescript),
    ...contributed.items,
  ];
  return {
    id: 'project/gitignore',
    path: '.gitignore',
    source: { kind: 'template', template: 'project/gitignore.hbs', view: { ignored } },
    mode: 0o644,
    owner: 'merged',
    because: [...new Set(['language', ...contributed.because])].sort(),
  };
}

function editorconfig(): FileIntent {
  return {
    id: 'project/editorconfig',
    path: '.editorconfig',
    source: { kind: 'template', template: 'project/editorconfig.hbs', view: {} },
    mode: 0o644,
    owner: 'merged',
    because: [],
  };
}
