/** `config/server.toml` and its schema, from what was contributed. */

import type { NumberShape, Setting, Shape } from '../../../src/plan/setting.ts';
import { helpOf } from './spelling.ts';

export interface SettingsFileView {
  /** `MY_SERVER_`: the prefix of all settings' variables. */
  readonly variables: string;
  readonly settings: readonly {
    readonly key: string;
    readonly story: readonly string[];
    readonly value: string;
  }[];
}

export function settingsFileView(name: string, settings: readonly Setting[]): SettingsFileView {
  return {
    variables: variablesOf(name),
    settings: settings.map(({ key, story, takes }) => ({ key, story, value: defaultOf(takes) })),
  };
}

/** `my-server` → `MY_SERVER_`. */
export function variablesOf(name: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_`;
}

/** As written in TOML and JSON. */
export function defaultOf({ default: usual }: Shape): string {
  if (typeof usual !== 'object') return JSON.stringify(usual);
  return `[${usual.map((each) => JSON.stringify(each)).join(', ')}]`;
}

/** What editors use to complete and check `config/server.toml`. See: json-schema.org, 2020-12. */
export function schemaOf(name: string, settings: readonly Setting[]): object {
  const properties = settings.map((setting): readonly [string, object] => {
    const { key, takes } = setting;
    const meaning = { description: helpOf(setting), default: takes.default };
    return [key, { ...meaning, ...valuesOf(takes) }];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `The settings of ${name}`,
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

const kText = { type: 'string', minLength: 1 };

function valuesOf(takes: Shape): object {
  switch (takes.kind) {
    case 'addresses':
      return { type: 'array', items: kText, minItems: 1 };
    case 'choice':
      return { enum: takes.values };
    case 'number':
      return numbersOf(takes);
    case 'switch':
      return { type: 'boolean' };
    case 'text':
      return takes.empty === null ? kText : { type: 'string' };
    default:
      return kText;
  }
}

function numbersOf({ min, max, auto }: NumberShape): object {
  const range = { type: 'integer', minimum: min, maximum: max };
  return auto === null ? range : { anyOf: [{ const: 'auto' }, range] };
}
