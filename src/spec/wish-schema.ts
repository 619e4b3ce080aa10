/** The JSON Schema of `hpserver.json`, which lets editors complete keys and choices. */

import type { AdditionKind } from './addition.ts';
import { kOwners } from './owner.ts';
import { kSchemaUrl } from './parse/migrate.ts';
import type { Choice, Question } from './question.ts';
import { kSpecVersion } from './spec.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Covers the built-in questions and additions; those of packs are allowed unchecked. */
export function wishSchema(catalog: {
  readonly questions: readonly Question[];
  readonly additions: readonly AdditionKind[];
}): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: kSchemaUrl,
    title: 'The configuration of a create-hpserver project',
    description: 'Change an answer here, then run "create-hpserver regenerate".',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      version: { const: kSpecVersion, description: 'The version of this format.' },
      values: {
        description: 'The answers. An answer that is left out has its default.',
        type: 'object',
        properties: propertiesFor(catalog.questions),
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
      additions: {
        description: 'What "create-hpserver add" has added, in that order.',
        type: 'array',
        items: additionSchema(catalog.additions),
      },
      packs: kPacks,
      owners: kOwnersSchema,
    },
    required: ['version', 'values'],
    additionalProperties: false,
  };
}

const kPin: Schema = {
  type: 'object',
  properties: {
    source: { type: 'string' },
    version: { type: 'string' },
    sha256: { type: 'string' },
  },
  required: ['source', 'version', 'sha256'],
  additionalProperties: false,
};

const kPacks: Schema = {
  description: 'Template packs, in the order in which they are layered.',
  type: 'array',
  items: {
    type: 'object',
    properties: {
      source: {
        type: 'string',
        description: './FOLDER, an npm NAME[@RANGE], FILE.tgz, or git+URL#COMMIT.',
      },
      name: { type: 'string' },
      version: { type: 'string', description: 'As last used.' },
      sha256: { type: 'string', description: 'Of its files, unless it is a folder.' },
      parents: { description: 'What it extends, as last used.', type: 'array', items: kPin },
    },
    required: ['source', 'name', 'version'],
    additionalProperties: false,
  },
};

const kOwnersSchema: Schema = {
  description:
    'Path or glob → who may change the file: generated (an artefact), merged (both), user (written once).',
  type: 'object',
  additionalProperties: { enum: kOwners },
};

function propertiesFor(questions: readonly Question[]): Schema {
  return Object.fromEntries(questions.map((question) => [question.key, schemaOf(question)]));
}

function schemaOf(question: Question): Schema {
  const told = {
    title: question.title,
    description: question.help,
    default: question.default,
  };
  switch (question.kind) {
    case 'choice':
      return {
        ...told,
        oneOf: question.choices.map(choiceSchema),
      };
    case 'multi':
      return {
        ...told,
        type: 'array',
        items: { oneOf: question.choices.map(choiceSchema) },
        uniqueItems: true,
      };
    case 'path':
      return {
        ...told,
        type: 'string',
        minLength: 1,
        ...(question.absolute ? { pattern: '^/' } : {}),
      };
    case 'text': {
      const { pattern, maxLength } = question;
      return {
        ...told,
        type: 'string',
        ...(pattern === undefined ? {} : { pattern: `^(?:${pattern})$` }),
        ...(maxLength === undefined ? {} : { maxLength }),
      };
    }
    case 'number': {
      const number = { type: 'integer', minimum: question.min, maximum: question.max };
      return question.auto === true
        ? { ...told, oneOf: [{ const: 'auto' }, number] }
        : { ...told, ...number };
    }
    case 'boolean':
      return { ...told, type: 'boolean' };
  }
}

function choiceSchema({ value, label, tradeoff }: Choice): Schema {
  return { const: value, title: label, description: tradeoff };
}

/** Any other word is a pack's kind. */
function additionSchema(kinds: readonly AdditionKind[]): Schema {
  const words = kinds.map(({ kind }) => kind);
  const known = kinds.map(({ kind, title, questions }) => ({
    title,
    type: 'object',
    properties: { kind: { const: kind }, ...propertiesFor(questions) },
    required: ['kind', ...questions.slice(0, 1).map(({ key }) => key)],
    additionalProperties: false,
  }));
  const other = {
    type: 'object',
    properties: { kind: { type: 'string', not: { enum: words } } },
    required: ['kind'],
  };
  return { anyOf: [...known, other] };
}
