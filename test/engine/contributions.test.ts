/**
 * A feature the generators don't know: its setting reaches the code, the file, the schema and the
 * README in both languages, and works there.
 */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { generators } from '../../generators/index.ts';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble } from '../../src/plan/assemble.ts';
import type { Generator } from '../../src/plan/generator.ts';
import { parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';

const assets = packagedAssets();

/** Below the repository, so the emitted code's imports are found. */
const kScratch = join(import.meta.dirname, '../../.cache/contributions');

const greeting: Generator = {
  id: 'greeting',
  questions: [],
  rules: [],
  contributions: () => ({
    settings: {
      items: [
        {
          key: 'greeting-limit',
          group: 'Sizes',
          takes: {
            kind: 'number',
            unit: 'count',
            min: 2,
            max: 70_000,
            default: 12_345,
            auto: null,
          },
          help: 'Longer greetings are cut',
          story: ['How long a greeting may be.'],
        },
      ],
      because: [],
    },
  }),
  files: () => [],
};

async function filesOf(language: string): Promise<ReadonlyMap<string, string>> {
  const parsed = parse({ name: 'my-server', language });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const plan = assemble([...generators, greeting], parsed.spec, assets);
  return new Map((await render(plan, assets)).map(({ path, text }) => [path, text]));
}

afterAll(() => rmSync(kScratch, { recursive: true, force: true }));

describe.each(['cpp', 'typescript'])('in %s, a contributed setting', (language) => {
  test('is in the file, in its schema and in the README', async () => {
    const files = await filesOf(language);
    expect(files.get('config/server.toml')).toContain(
      '\n# How long a greeting may be.\ngreeting-limit = 12345\n',
    );
    const schema = JSON.parse(files.get('config/server.schema.json') ?? '');
    expect(schema.properties['greeting-limit']).toEqual({
      description: 'Longer greetings are cut',
      default: 12_345,
      type: 'integer',
      minimum: 2,
      maximum: 70_000,
    });
    expect(files.get('README.md')).toContain(
      '| `greeting-limit` | `12345` | 2 to 70000 | Longer greetings are cut |',
    );
  });
});

test('in C++, it is a member of Config and a row of the table', async () => {
  const files = await filesOf('cpp');
  expect(files.get('src/config.h')).toContain(
    "  // Longer greetings are cut.\n  std::uint32_t greeting_limit = 12'345;\n",
  );
  expect(files.get('src/config.cc')).toContain(
    '       Number{&config.greeting_limit, 2, 70\'000, "N"},\n       "Longer greetings are cut"},\n',
  );
});

test('in TypeScript, it is read from the flag, the variable and the file', async () => {
  const files = await filesOf('typescript');
  for (const [path, text] of files) {
    if (!/^(?:src\/(?:config|server\/.*)\.ts|package\.json)$/.test(path)) continue;
    mkdirSync(dirname(join(kScratch, path)), { recursive: true });
    writeFileSync(join(kScratch, path), text);
  }
  const { readConfig } = await import(join(kScratch, 'src/config.ts'));
  const read = (args: readonly string[], environment: object = {}) =>
    readConfig(['--root', '/', ...args], environment);
  expect(read([])).toMatchObject({ greetingLimit: 12_345 });
  expect(read([], { MY_SERVER_GREETING_LIMIT: '7' })).toMatchObject({ greetingLimit: 7 });
  expect(read(['--greeting-limit', '8'], { MY_SERVER_GREETING_LIMIT: '7' })).toMatchObject({
    greetingLimit: 8,
  });
  expect(read(['--greeting-limit', '1'])).toEqual({
    text: '--greeting-limit: "1": expected a whole number from 2 to 70000\n',
    exitCode: 2,
  });
});
