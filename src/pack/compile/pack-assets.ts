/** Maps a pack's files to the places where the engine looks for templates and other assets. */

import { type Assets, kBlockFolder, type TemplateFunction } from '../../plan/assets.ts';
import { type PackFolder, textOf } from '../source/pack-folder.ts';

/** Where the templates of all packs are, except the built-in one's. */
export const kPackTemplates = 'packs/';

/** The engine knows `templates/x.hbs` of the pack `ours` as the template `packs/ours/x.hbs`. */
export function templateName(pack: string, from: string): string {
  return `${kPackTemplates}${pack}/${from}`;
}

/**
 * `templates/` contains the pack's own templates. `overrides/PATH` replaces the template at that
 * path, or the file `native-core/…`; `partials/NAME.hbs` replaces a block.
 */
export function packAssets(
  pack: string,
  folder: PackFolder,
  helpers: Readonly<Record<string, TemplateFunction>> = {},
): Assets {
  const places = new Map<string, string>();
  for (const path of folder.files.keys()) {
    const place = assetPathOf(pack, path);
    if (place !== null) places.set(place, path);
  }
  return {
    read: (place) => {
      const text = textOf(folder, places.get(place) ?? '');
      if (text === null) throw new Error(`the pack "${pack}" has no ${place}`);
      return text;
    },
    list: (below) => [...places.keys()].filter((place) => place.startsWith(`${below}/`)).sort(),
    helpers,
  };
}

/** Where the engine looks up a file of the pack; null if it isn't an asset. */
export function assetPathOf(pack: string, path: string): string | null {
  const [folder, ...rest] = path.split('/');
  const below = rest.join('/');
  switch (folder) {
    case 'templates':
      return `templates/${templateName(pack, below)}`;
    case 'overrides':
      return below.startsWith('native-core/') ? below : `templates/${below}`;
    case kBlockFolder:
      return path;
    default:
      return null;
  }
}
