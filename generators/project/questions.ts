/** The first page of the wizard. */

import type { ChoiceQuestion, TextQuestion } from '../../src/spec/question.ts';

export const name: TextQuestion = {
  kind: 'text',
  key: 'name',
  group: 'Project',
  depth: 'basic',
  title: 'Name',
  help: 'Names the npm package, the CMake project and the program; defaults to the directory name.',
  default: 'my-server',
  pattern: '[a-z][a-z0-9-]*',
  patternMeaning: 'lower-case letters, digits and dashes, starting with a letter',
  maxLength: 64,
};

export const language: ChoiceQuestion = {
  kind: 'choice',
  key: 'language',
  aliases: ['lang'],
  group: 'Project',
  depth: 'basic',
  title: 'Language',
  help: 'The language of your handlers; the native core that moves the bytes is the same.',
  default: 'typescript',
  shapesArchitecture: true,
  choices: [
    {
      value: 'typescript',
      label: 'TypeScript',
      tradeoff:
        'Handlers in TypeScript, sync or async, with all of npm; costs some speed per request.',
      explanation:
        'Your handlers run in Node; an addon compiled from the native core accepts connections, ' +
        'parses requests and writes answers. Files are sent with sendfile(2), which plain Node ' +
        'cannot do. Building needs a C++ compiler and CMake.',
    },
    {
      value: 'cpp',
      label: 'C++20',
      tradeoff: 'One native binary and the least CPU per request; you manage memory and lifetimes.',
      explanation:
        'Your handlers are C++20, compiled together with the core into one program without a ' +
        'runtime. Choose it if CPU per request or memory per connection matters most.',
    },
  ],
};

export const application: ChoiceQuestion = {
  kind: 'choice',
  key: 'application',
  aliases: ['app'],
  group: 'Project',
  depth: 'basic',
  title: 'Application',
  help: 'What the server does for its clients.',
  default: 'http',
  choices: [
    {
      value: 'http',
      label: 'HTTP/1.1 server',
      tradeoff:
        'Routes, JSON, streaming and static files; put a proxy in front for TLS and HTTP/2.',
      explanation:
        'Routes and handlers of your own, and static files with ranges, validators and ' +
        'precompressed variants. The project starts out with /healthz, /plaintext, /json, ' +
        'POST /echo and public/.',
    },
  ],
};
