/** Plopfiles in the style of public projects, unchanged: we make of them what plop makes. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { Pack } from '../../src/pack/pack.ts';
import { parse, preview } from '../../src/project.ts';
import type { Addition } from '../../src/spec/addition.ts';
import type { Tree } from '../../src/tree/tree.ts';
import {
  contentOf,
  contentOfTree,
  emptyFolder,
  fixture,
  folderWith,
  packIn,
  reworked,
  runPlop,
  specOf,
} from './packs.ts';

interface Wild {
  readonly plopfile: string;
  /** Each addition, and plop's equivalent command line. */
  readonly additions: readonly (readonly [Addition, readonly string[]])[];
  /** Plop also exits with 1 if the plopfile lets an action fail. */
  readonly status: 0 | 1;
}

const kWild: Readonly<Record<string, Wild>> = {
  components: {
    plopfile: 'components/plopfile.js',
    status: 0,
    additions: [
      [
        {
          kind: 'component',
          values: { name: 'my <Button>', type: 'function', folder: '', wantTests: true },
        },
        ['component', '--', '--type', 'function', '--name', 'my <Button>'],
      ],
      [
        {
          kind: 'component',
          values: { name: 'UserCard', type: 'class', folder: 'x', wantTests: false, hooks: '' },
        },
        [
          'component',
          '--',
          ...['--type', 'class', '--name', ' UserCard ', '--folder', 'x'],
          ...['--wantTests', 'n', '--hooks', ''],
        ],
      ],
      [
        {
          kind: 'component',
          values: { name: 'tabs', folder: '', wantTests: true, hooks: 'useState,useMemo' },
        },
        ['component', '--', '--name', 'tabs', '--hooks', 'useState,useMemo'],
      ],
    ],
  },
  routes: {
    plopfile: 'routes/plopfile.mjs',
    status: 1,
    additions: [
      [
        { kind: 'route', values: { name: 'user list', method: 'get', limit: 5 } },
        ['route', '--', '--name', 'user list', '--method', 'get', '--limit', '5'],
      ],
      [
        { kind: 'route', values: { name: 'orders', method: 'post', limit: 'auto' } },
        ['route', '--', '--name', 'orders', '--method', 'post'],
      ],
    ],
  },
  typescript: {
    plopfile: 'typescript/plopfile.ts',
    status: 0,
    additions: [
      [
        { kind: 'module', values: { name: 'shop', fields: 'id:number,title', layers: 'view' } },
        ['module', '--', '--name', 'shop', '--fields', 'id:number,title', '--layers', 'view'],
      ],
      [
        { kind: 'module', values: { name: 'cart', fields: '' } },
        ['module', '--', '--name', 'cart', '--fields', ''],
      ],
    ],
  },
};

let project: Tree = [];

beforeAll(async () => {
  const parsed = parse({ name: 'demo', language: 'typescript' });
  if (!parsed.ok) throw new Error('the default answers are refused');
  project = (await preview(parsed.spec, emptyFolder())).tree;
});

describe.each(Object.entries(kWild))('the plopfile with %s', (name, wild) => {
  const wanted = wild.additions.map(([addition]) => addition);
  let pack: Pack;
  let result: Tree = [];

  beforeAll(async () => {
    pack = await packIn(fixture(name));
    result = await reworked(pack, project, ...wanted);
  });

  test('leaves what plop leaves, byte for byte', async () => {
    const folder = folderWith(project);
    for (const [, args] of wild.additions) {
      const status = await runPlop({ folder, plopfile: fixture(wild.plopfile), args });
      expect(status).toBe(wild.status);
    }
    expect(contentOfTree(result)).toEqual(contentOf(folder));
    expect(result).not.toEqual(project);
  });

  test('makes the same of the same', async () => {
    expect(await pack.rework?.(project, specOf(...wanted))).toEqual(result);
  });

  test('says of each file that it is there or changed because of the addition', () => {
    const because = `add ${wanted[0]?.kind}`;
    const before = new Map(project.map((file) => [file.path, file]));
    for (const file of result) {
      const old = before.get(file.path);
      if (old === undefined) {
        const id = `plop:${pack.name}/${file.path}`;
        expect(file).toMatchObject({ id, owner: 'merged', because: [because] });
      } else if (old.text === file.text) {
        expect(file).toEqual(old);
      } else {
        expect(file).toMatchObject({ id: old.id, owner: old.owner });
        expect(file.because).toEqual([...new Set([...old.because, because])]);
      }
    }
  });

  test('leaves the project alone without an addition of its own', async () => {
    const other = { kind: 'middleware', values: { name: 'cors' } };
    expect(await reworked(pack, project, other)).toEqual(project);
  });
});
