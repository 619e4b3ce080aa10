/** The form of `hppack.json`, for validation and for editors. */

import { z } from 'zod';
import { kSettingGroups } from '../../plan/setting.ts';
import { isReservedKey } from '../../spec/words/reserved.ts';
import { contributesSchema } from './contributes-schema.ts';
import { allOf, kName, line, text, value, when } from './schema-parts.ts';

const kKey = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/;
const kReservedWord = 'contains a word that JavaScript reserves';
const kFileId = /^[\w.-]+(\/[\w.-]+)*$/;

const key = z
  .string()
  .regex(kKey, 'must be lower-case words, joined by dots')
  .refine((word) => !isReservedKey(word), kReservedWord);
const pattern = z.string().describe('A regular expression in RE2 syntax.');

const choice = z.strictObject({
  value: z
    .string()
    .regex(/^[\w.-]+$/, 'may only have letters, digits, dots, dashes and underscores')
    .refine((word) => !isReservedKey(word), kReservedWord),
  label: text,
  tradeoff: text.describe('One line: the benefit and the cost.'),
  explanation: text.optional().describe('A paragraph or two for "explain".'),
});

const asked = {
  key: key.describe('Dotted and stable: the key in hpserver.json.'),
  flag: z.string().regex(kName).optional().describe('By default the key, with dashes for dots.'),
  aliases: z.array(z.string().regex(kName)).optional(),
  group: text.optional().describe('The page of the wizard; by default "Packs".'),
  depth: z.enum(['basic', 'custom']).default('basic').describe('basic: always asked.'),
  title: text,
  help: text.describe('What it is and when it matters.'),
  explanation: text.optional(),
  when: when.optional().describe('Asked only if this is true.'),
};

const question = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('choice'),
    ...asked,
    choices: z.array(choice).min(1),
    default: z.string(),
    shapesArchitecture: z.literal(true).optional(),
  }),
  z.strictObject({
    kind: z.literal('multi'),
    ...asked,
    choices: z.array(choice).min(1),
    default: z.array(z.string()).describe('The default selection; may be empty.'),
  }),
  z.strictObject({
    kind: z.literal('path'),
    ...asked,
    default: z.string().min(1),
    absolute: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('text'),
    ...asked,
    default: z.string(),
    pattern: pattern.optional(),
    patternMeaning: text.optional().describe('The pattern in words.'),
    maxLength: z.int().min(1).optional(),
  }),
  z.strictObject({
    kind: z.literal('number'),
    ...asked,
    default: z.union([z.int(), z.literal('auto')]),
    auto: z.boolean().optional(),
    min: z.int(),
    max: z.int(),
    unit: text,
  }),
  z.strictObject({ kind: z.literal('boolean'), ...asked, default: z.boolean() }),
]);

const constraint = z.strictObject({
  when: allOf.describe('The combination; its last key is the choice to change.'),
  status: z.enum(['refused', 'warn', 'unbuilt']),
  message: text.describe('Why, in one sentence.'),
  fix: text.describe('What to choose instead, in one sentence that names the flag.'),
});

const preset = z.strictObject({
  id: z.string().regex(kName),
  title: text,
  description: text,
  values: z.record(z.string(), z.union([value, z.array(z.string())])),
});

const takes = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('addresses'), default: z.array(line).min(1) }),
  z.strictObject({
    kind: z.literal('address'),
    word: z.literal('off').optional().describe('Words that are also accepted.'),
    default: line,
  }),
  z.strictObject({
    kind: z.literal('number'),
    unit: z.enum(['count', 'ms', 'bytes', 'bytes/s']),
    min: z.int().min(0),
    max: z.int().min(1),
    default: z.union([z.int(), z.literal('auto')]),
    auto: line.optional().describe('What "auto", or 0, means, in words.'),
  }),
  z.strictObject({ kind: z.literal('choice'), values: z.array(line).min(1), default: line }),
  z.strictObject({
    kind: z.literal('path'),
    of: z
      .enum(['folder', 'log', 'file'])
      .describe('A folder to read from, a file to append to, or a file that is written whole.'),
    word: z.enum(['stderr', 'off']).optional().describe('Words that are also accepted.'),
    default: line,
  }),
  z.strictObject({ kind: z.literal('switch'), default: z.boolean() }),
  z.strictObject({
    kind: z.literal('text'),
    shape: z
      .string()
      .regex(/^[A-Z]+$/, 'must be a word in capitals')
      .describe('Its placeholder in the help: USER.'),
    empty: line.optional().describe('What an empty value means, in words.'),
    default: z.union([line, z.literal('')]),
  }),
]);

const kOwnFlags = ['config', 'help', 'print-config', 'test-config', 'version'];

const setting = z.strictObject({
  key: z
    .string()
    .regex(kName, 'must be lower-case words, joined by dashes')
    .max(40)
    .refine((word) => !kOwnFlags.includes(word), 'every server already has a flag of that name')
    .describe('The key in config/server.toml, and the name of the flag.'),
  group: z.enum(kSettingGroups),
  takes,
  help: line.max(80).describe('One line of --help.'),
  story: z
    .array(line.max(98))
    .default([])
    .describe('Lines of its paragraph in config/server.toml.'),
  when: when.optional().describe('Contributed only if this is true.'),
});

const registration = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('typescript-imports') }),
  z.strictObject({ kind: z.literal('typescript-chain'), variable: text }),
  z.strictObject({ kind: z.literal('lines'), after: pattern, before: pattern }),
]);

const file = z.strictObject({
  id: z.string().regex(kFileId).optional().describe('Stable across renames; by default "from".'),
  from: text.describe('Below templates/; *.hbs is rendered, everything else is copied.'),
  to: text.describe('Inside the project; may contain {{name}} and other texts.'),
  when: when.optional(),
  owner: z.enum(['generated', 'merged', 'user']).default('merged'),
  mode: z.enum(['644', '755']).default('644'),
  registrations: z.array(registration).optional().describe('Lists that are merged as sets.'),
});

const addition = z.strictObject({
  kind: z
    .string()
    .regex(kName)
    .refine((word) => !isReservedKey(word), kReservedWord)
    .describe('The word after "add".'),
  title: text,
  help: text,
  questions: z.array(question).min(1).describe('The first one names the addition.'),
  when: when.optional(),
  whyNot: text.optional(),
  files: z.array(file).default([]),
});

const migration = z.strictObject({
  from: text.describe('The range of versions whose answers it understands: <2.0.0.'),
  rename: z.record(z.string(), key).default({}),
  map: z.record(z.string(), z.record(z.string(), value)).default({}),
  drop: z.array(z.string()).default([]),
});

export const packSchema: z.ZodType = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().regex(kName, 'must be lower-case letters, digits and dashes').max(64),
    version: text.describe('A semantic version.'),
    description: text.optional(),
    engine: text.default('*').describe('The versions of create-hpserver that it supports.'),
    extends: text.default('built-in').describe('One parent: the source of a pack.'),
    questions: z.array(question).default([]),
    constraints: z.array(constraint).default([]),
    presets: z.array(preset).default([]),
    files: z.array(file).default([]),
    settings: z.array(setting).default([]).describe('Settings of the generated server.'),
    contributes: contributesSchema.prefault({}),
    additions: z.array(addition).default([]).describe('What "add" can add.'),
    renames: z.record(z.string(), z.string()).default({}).describe('Old file id → new id.'),
    migrations: z.array(migration).default([]),
    generators: text.optional().describe('Code: a module that exports "generators".'),
    helpers: text.optional().describe('Code: a module whose exports templates can call.'),
    hooks: z
      .array(z.array(text).min(1))
      .default([])
      .describe('Code: commands to run in the project after it is written.'),
  })
  .describe('A template pack for create-hpserver.');

export const kPackSchemaUrl = 'https://unpkg.com/create-hpserver/schemas/hppack.schema.json';

/** For editors: `schemas/hppack.schema.json`. */
export function packJsonSchema(): object {
  return { ...z.toJSONSchema(packSchema, { io: 'input' }), $id: kPackSchemaUrl };
}
