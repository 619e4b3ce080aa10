/**
 * Plopfiles as found at the root of public repositories: only what the plopfile needs belongs to
 * the pack, and the result is what plop itself makes there (P8).
 */

import { describe, expect, test } from 'vitest';
import { plopFolder } from '../../src/pack/plopfile/contents/plop-folder.ts';
import { contentOf, contentOfTree, folderOf, packIn, reworked, runPlop, treeOf } from './packs.ts';
import { kActions } from './repositories/actions.ts';
import { kCode } from './repositories/code.ts';
import { kGenerated, type Repository } from './repositories/repository.ts';
import { kRoots } from './repositories/roots.ts';

const kRepositories = { ...kRoots, ...kCode, ...kActions };

/** What plop makes of the project if the repository and the project are the same folder. */
async function byPlop({ files, generator, args }: Repository) {
  const folder = folderOf({ ...files, ...kGenerated });
  const name = Object.keys(files).find((path) => path.startsWith('plopfile.')) ?? '';
  const words = [generator, ...args];
  expect(await runPlop({ folder, plopfile: `${folder}/${name}`, args: words })).toBe(0);
  const made = Object.entries(contentOf(folder)).filter(([path]) => !(path in files));
  return Object.fromEntries(made);
}

describe.each(Object.entries(kRepositories))('%s', (_, repository) => {
  const { files, pack, generator, values, refused, own = {} } = repository;

  test('is a pack of just its files', async () => {
    const found = await plopFolder(folderOf(files), 'ours');
    expect([...(found?.files.keys() ?? [])]).toEqual(pack ?? Object.keys(files).sort());
  });

  test(
    refused === undefined ? 'makes what plop makes' : 'is refused, with the reason',
    async () => {
      const loaded = await packIn(folderOf(files), {
        project: folderOf({ ...kGenerated, ...own }),
      });
      const tree = reworked(loaded, treeOf(kGenerated), { kind: generator, values });
      if (refused !== undefined) {
        await expect(tree).rejects.toThrow(refused);
      } else {
        expect(contentOfTree(await tree)).toEqual(await byPlop(repository));
      }
    },
  );
});
