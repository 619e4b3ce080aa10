/**
 * The packaged files a plan may read: `templates/`, `native-core/` and `partials/`. A port, so
 * plans stay pure.
 */

export interface Assets {
  /** The text of a packaged file. Throws for a missing path: that is a bug. */
  readonly read: (path: string) => string;
  /** All files below a folder, sorted, as paths that `read` takes; none for a missing folder. */
  readonly list: (folder: string) => readonly string[];
  /** What templates may call besides the blocks: code of packs the user trusts. */
  readonly helpers?: Readonly<Record<string, TemplateFunction>>;
}

/** Gets the values the template passes, then Handlebars' own options. */
export type TemplateFunction = (...args: readonly unknown[]) => unknown;

/** The folder of texts that replace a template's block: `partials/readme-run.hbs`. */
export const kBlockFolder = 'partials';

const kFolders = ['templates', 'native-core', kBlockFolder];

/**
 * Combines several assets, the built-in ones first. If two have the same path, the later one wins.
 */
export function layered(layers: readonly Assets[]): Assets {
  const [base, ...overlays] = layers;
  if (base === undefined) throw new Error('there are no assets to read from');
  if (overlays.length === 0) return base;
  const owners = new Map<string, Assets>();
  for (const overlay of overlays) {
    for (const path of kFolders.flatMap((folder) => overlay.list(folder))) {
      owners.set(path, overlay);
    }
  }
  return {
    read: (path) => (owners.get(path) ?? base).read(path),
    list: (folder) => {
      const over = [...owners.keys()].filter((path) => path.startsWith(`${folder}/`));
      return [...new Set([...base.list(folder), ...over])].sort();
    },
    helpers: Object.assign({}, ...layers.map((layer) => layer.helpers)),
  };
}

/** The texts that replace template blocks, by block name. */
export function blocksIn(assets: Assets): ReadonlyMap<string, string> {
  const paths = assets.list(kBlockFolder).filter((path) => path.endsWith('.hbs'));
  return new Map(paths.map((path) => [blockName(path), assets.read(path)]));
}

/** `partials/readme-run.hbs` → `readme-run`. */
export function blockName(path: string): string {
  return path.slice(`${kBlockFolder}/`.length, -'.hbs'.length);
}

/** The blocks a template calls, or offers for replacement. */
export function blocksNamedIn(template: string): readonly string[] {
  return [...template.matchAll(/\{\{#?>\s*([\w-]+)\s*\}\}/g)].map(([, name = '']) => name);
}
