/** What a new pack begins with: asked by flags or by the wizard, as everything else is. */

import type { ChoiceQuestion, Question, TextQuestion } from '../../spec/question.ts';

const kWord = '[a-z][a-z0-9-]*';
const kWordMeaning = 'lower-case letters, digits and dashes, a letter first';

const asked = { kind: 'text', group: 'Pack', depth: 'basic' } as const;

const packName: TextQuestion = {
  ...asked,
  key: 'name',
  title: 'Name',
  help: 'Names the pack, and what its questions begin with; by default as its directory.',
  default: 'our-pack',
  pattern: kWord,
  patternMeaning: kWordMeaning,
  maxLength: 64,
};

const languages: ChoiceQuestion = {
  kind: 'choice',
  key: 'languages',
  group: 'Pack',
  depth: 'basic',
  title: 'Languages',
  help: 'For projects in which language it plans its file.',
  default: 'both',
  choices: [
    {
      value: 'both',
      label: 'Both',
      tradeoff: 'Fits every project; what differs stands in an {{#if}}.',
      explanation: 'A pack of documents, of deployment, of settings.',
    },
    {
      value: 'typescript',
      label: 'TypeScript',
      tradeoff: 'The file is left out of C++ projects.',
      explanation: 'A pack of handlers in TypeScript.',
    },
    {
      value: 'cpp',
      label: 'C++',
      tradeoff: 'The file is left out of TypeScript projects.',
      explanation: 'A pack of handlers in C++.',
    },
  ],
};

const question: TextQuestion = {
  ...asked,
  key: 'question',
  title: 'First question',
  help: 'A word for its first question, which is answered by yes or no.',
  default: 'notes',
  pattern: kWord,
  patternMeaning: kWordMeaning,
  maxLength: 32,
};

const file: TextQuestion = {
  ...asked,
  key: 'file',
  title: 'First file',
  help: 'Where its first file stands in a project, if that question is answered by yes.',
  default: 'docs/NOTES.md',
  pattern: '(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*',
  patternMeaning: 'a path of letters, digits, dots, dashes and underscores',
  maxLength: 128,
};

const addition: TextQuestion = {
  ...asked,
  key: 'addition',
  title: 'First addition',
  help: 'A word for what it can "add" to a project later.',
  default: 'note',
  pattern: kWord,
  patternMeaning: kWordMeaning,
  maxLength: 32,
};

export const kScaffoldQuestions: readonly Question[] = [
  packName,
  languages,
  question,
  file,
  addition,
];
