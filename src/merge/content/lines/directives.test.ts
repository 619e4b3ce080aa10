/** Code the preprocessor may leave out is the user's block: nothing is inserted into it (P23). */

import { describe, expect, test } from 'vitest';
import type { Registration } from '../../../plan/generator.ts';
import { mergeContent } from '../merge-content.ts';

const kLists: readonly Registration[] = [
  { kind: 'lines', after: '^#include "routes\\.h"$', before: '^namespace ' },
  { kind: 'lines', after: '^Router router;$', before: '^return router;$' },
];

type Lines = readonly string[];

function file(includes: Lines, routes: Lines): string {
  const head = ['#include "routes.h"', '', ...includes, '', 'namespace {', ''];
  const body = ['Router make_routes() {', '  Router router;', ...routes, '  return router;', '}'];
  return `${[...head, ...body].join('\n')}\n`;
}

const include = (name: string): string => `#include "handlers/${name}.h"`;
const route = (name: string): string => `  router.get("/${name}", ${name});`;
const wrapped = (...lines: Lines): Lines => ['#ifdef WITH_JSON', ...lines, '#endif'];
const both = (...names: Lines): string => file(names.map(include), names.map(route));

async function merge(disk: string, next: string, base = both('a', 'json')): Promise<string> {
  const path = 'src/routes.cc';
  const merged = await mergeContent({ path, base, disk, next, registrations: kLists });
  return merged.kind === 'merged' ? merged.text : `conflict: ${merged.reason}`;
}

describe('a condition of the user', () => {
  const [a, json] = [include('a'), include('json')];
  const disk = file([a, ...wrapped(json)], [route('a'), ...wrapped(route('json'))]);

  test('around an entry is an entry: what is new stands beside it, not within', async () => {
    const merged = await merge(disk, both('a', 'json', 'kit'));
    expect(merged).toBe(
      file(
        [a, include('kit'), ...wrapped(json)],
        [route('a'), route('kit'), ...wrapped(route('json'))],
      ),
    );
  });

  test('with an alternative is one, too', async () => {
    const block = ['#if ONE', route('json'), '#else', route('mine'), '', '#endif'];
    const merged = await merge(file([a, json], [route('a'), ...block]), both('a', 'json', 'kit'));
    expect(merged).toBe(file([a, json, include('kit')], [route('a'), route('kit'), ...block]));
  });

  test('around an entry that is no longer generated is a conflict', async () => {
    expect(await merge(disk, both('a'))).toBe(
      'conflict: "#include "handlers/json.h"" is no longer generated, and is inside your own block',
    );
  });

  test('around all of them is a conflict, where one is added', async () => {
    const open = both('a', 'json')
      .replace(a, `#ifdef X\n${a}`)
      .replace('return', '#endif\n  return');
    expect(await merge(open, both('a', 'kit', 'json'))).toMatch(
      /^conflict: .*inside your "#ifdef X"/,
    );
  });

  test('among lines of no list is a conflict, where one is added', async () => {
    const base = 'one();\ntwo();\nthree();\n';
    const users = `#if MINE\n${base}#endif\n`;
    const next = base.replace('two();', 'two();\nnews();');
    expect(await merge(users, next, base)).toBe(
      'conflict: generated text would end up inside your "#if MINE"',
    );
    const changed = base.replace('two();', 'other();');
    expect(await merge(users, changed, base)).toBe(`#if MINE\n${changed}#endif\n`);
  });
});

test('an include guard of the user is no condition', async () => {
  const base = '#pragma once\none();\ntwo();\n';
  const disk = '#ifndef A_H\n#define A_H\none();\ntwo();\n#endif\n';
  const next = '#pragma once\none();\nnews();\ntwo();\n';
  expect(await merge(disk, next, base)).toBe(disk.replace('two', 'news();\ntwo'));
});

test('a definition among the entries leaves them to the lines', async () => {
  const disk = both('a', 'json').replace(include('json'), `#define FAST\n${include('json')}`);
  expect(await merge(disk, both('a', 'json', 'kit'))).toContain(
    `#define FAST\n${include('json')}\n${include('kit')}\n`,
  );
});
