/** What a new pack starts from: asked by flags or by the wizard, like everything else. */

import type { ChoiceQuestion, Question, TextQuestion } from '../../spec/question.ts';

const kWord = '[a-z][a-z0-9-]*';
const kWordMeaning = 'lower-case letters, digits and dashes, starting with a letter';

const asked = { kind: 'text', group: 'Pack', depth: 'basic' } as const;

const packName: TextQuestion = {
  ...asked,
  key: 'name',
  title: 'Name',
  help: 'Names the pack, and prefixes its questions; defaults to the directory name.',
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
  help: 'Language of the projects for which it plans its file.',
  default: 'both',
  choices: [
    {
      value: 'both',
      label: 'Both',
      tradeoff: 'Fits every project; differences go into an {{#if}}.',
      explanation: 'A pack of documents, deployment or settings.',
    },
    {
      value: 'typescript',
      label: 'TypeScript',
      tradeoff: 'C++ projects do not get the file.',
      explanation: 'A pack of TypeScript handlers.',
    },
    {
      value: 'cpp',
      label: 'C++',
      tradeoff: 'TypeScript projects do not get the file.',
      explanation: 'A pack of C++ handlers.',
    },
  ],
};

const question: TextQuestion = {
  ...asked,
  key: 'question',
  title: 'First question',
  help: 'A word for its first question, a yes-or-no question.',
  default: 'notes',
  pattern: kWord,
  patternMeaning: kWordMeaning,
  maxLength: 32,
};

const file: TextQuestion = {
  ...asked,
  key: 'file',
  title: 'First file',
  help: 'Path of its first file in a project, if the answer to that question is yes.',
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
