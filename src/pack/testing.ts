/** A small world for tests: a built-in pack of three files, and folders for users' packs. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { kFastFolder } from '../disk/testing.ts';
import type { Assets } from '../plan/assets.ts';
import type { FileIntent, Generator } from '../plan/generator.ts';
import type { ChoiceQuestion, TextQuestion } from '../spec/question.ts';
import type { Spec } from '../spec/spec.ts';
import type { LoadOptions } from './load/load-packs.ts';
import type { Pack } from './pack.ts';

const name: TextQuestion = {
  kind: 'text',
  key: 'name',
  group: 'Project',
  depth: 'basic',
  title: 'Name',
  help: 'The name.',
  default: 'demo',
  pattern: '[a-z][a-z0-9-]*',
};

const language: ChoiceQuestion = {
  kind: 'choice',
  key: 'language',
  group: 'Project',
  depth: 'basic',
  title: 'Language',
  help: 'The language.',
  default: 'typescript',
  shapesArchitecture: true,
  choices: ['typescript', 'cpp'].map((value) => ({
    value,
    label: value,
    tradeoff: 'Some.',
    explanation: 'More.',
  })),
};

const kTexts: Readonly<Record<string, string>> = {
  'templates/small/README.md.hbs': '# {{name}}\n{{#> end}}\n{{/end}}\n',
  'templates/small/notes.txt': 'notes\n',
  'native-core/hpserver/a.h': '#pragma once\n',
};

const assets: Assets = {
  read: (path) => kTexts[path] ?? missing(path),
  list: (folder) => Object.keys(kTexts).filter((path) => path.startsWith(`${folder}/`)),
};

function missing(path: string): never {
  throw new Error(`there is no ${path}`);
}

function intent(path: string, source: FileIntent['source']): FileIntent {
  const because = source.kind === 'template' ? ['name'] : [];
  return { id: `small/${path}`, path, source, mode: 0o644, owner: 'merged', because };
}

const small: Generator = {
  id: 'small',
  questions: [name, language],
  rules: [],
  additions: [{ kind: 'route', title: 'a route', help: 'A route.', questions: [name] }],
  files: (spec: Spec) => [
    intent('README.md', {
      kind: 'template',
      template: 'small/README.md.hbs',
      view: { name: String(spec.values.name) },
    }),
    intent('notes.txt', { kind: 'copy', from: 'templates/small/notes.txt' }),
    intent('a.h', { kind: 'copy', from: 'native-core/hpserver/a.h' }),
  ],
};

export const kSmallPack: Pack = {
  name: 'create-hpserver',
  version: '0.3.0',
  reference: null,
  generators: [small],
  assets,
};

export interface World {
  /** Absolute; removed after the file's tests. */
  readonly root: string;
  /** Writes files below a folder of the root, objects as JSON: `{'hppack.json': {…}}`. */
  readonly folder: (path: string, files: Readonly<Record<string, string | object>>) => string;
  /** Everything is cached below the root; there is no one to ask. */
  readonly options: (changes?: Partial<LoadOptions>) => LoadOptions;
}

export function smallWorld(): World {
  const root = mkdtempSync(join(kFastFolder, 'hppack-test-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const env = { XDG_CACHE_HOME: join(root, 'cache'), XDG_CONFIG_HOME: join(root, 'config') };
  return {
    root,
    folder: (path, files) => {
      for (const [file, content] of Object.entries(files)) {
        const place = join(root, path, file);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content));
      }
      return join(root, path);
    },
    options: (changes = {}) => {
      const nobody = { isLook: false, always: false, ask: null };
      return { builtIn: kSmallPack, directory: root, env, ...nobody, ...changes };
    },
  };
}

/** The messages of the `UserError` a promise rejects with, preceded by its exit code. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (thrown) {
    const { exitCode, message } = thrown as {
      readonly exitCode?: number;
      readonly message: string;
    };
    return `${exitCode}: ${message}`;
  }
  return 'nothing was refused';
}
