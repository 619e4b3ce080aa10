/** `add middleware`: code around the handlers of all routes. */

import type { CompiledSource } from '../../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import type { Values } from '../../../src/spec/question.ts';
import { additionsOf, type Spec } from '../../../src/spec/spec.ts';
import { addedFile, isCpp, namespaceIn } from '../intent.ts';
import { camelCase, pascalCase, snakeCase } from '../names.ts';
import { middlewareNames } from '../registered.ts';
import { middlewareKind } from './questions.ts';

export const middleware: Generator = {
  id: 'middleware',
  questions: [],
  rules: [],
  additions: [middlewareKind],
  contributions: (spec) => ({
    sources: {
      items: isCpp(spec) ? middlewareNames(spec).flatMap(sourcesOf) : [],
      because: ['add middleware'],
    },
  }),
  files: (spec) => additionsOf(spec, 'middleware').flatMap((values) => filesOf(values, spec)),
};

/** `with-request-id`. */
function sourcesOf(name: string): readonly CompiledSource[] {
  const word = snakeCase(name);
  return [
    { path: `src/middleware/${word}.cc`, part: 'program' },
    { path: `test/${word}_test.cc`, part: 'tests' },
  ];
}

const kBecause = ['add middleware'];

function filesOf({ name, sample }: Values, spec: Spec): readonly FileIntent[] {
  const word = `with-${name}`;
  const samples = { isHeader: sample === 'header', isTiming: sample === 'timing' };
  return isCpp(spec) ? cppFiles(word, samples, spec) : typescriptFiles(word, samples, spec);
}

function typescriptFiles(word: string, samples: object, spec: Spec): readonly FileIntent[] {
  const files = {
    [`src/middleware/${word}.ts`]: 'middleware.ts',
    [`test/${word}.test.ts`]: 'middleware.test.ts',
  };
  return Object.entries(files).map(([path, template]) =>
    addedFile(spec, {
      path,
      template: `middleware/typescript/${template}`,
      view: { function: camelCase(word), ...samples },
      owner: 'user',
      because: kBecause,
    }),
  );
}

function cppFiles(word: string, samples: object, spec: Spec): readonly FileIntent[] {
  const file = snakeCase(word);
  const view = {
    function: file,
    suite: pascalCase(word),
    // The third parameter is aligned with the first.
    indent: ' '.repeat(`void ${file}(`.length),
    namespace: namespaceIn(spec),
    ...samples,
  };
  const files = {
    [`src/middleware/${file}.h`]: 'middleware.h',
    [`src/middleware/${file}.cc`]: 'middleware.cc',
    [`test/${file}_test.cc`]: 'middleware_test.cc',
  };
  return Object.entries(files).map(([path, template]) =>
    addedFile(spec, {
      path,
      template: `middleware/cpp/${template}`,
      view,
      owner: 'user',
      because: [...kBecause, 'name'],
    }),
  );
}
