/**
 * The packaged files that a plan may read: `templates/`, `native-core/` and `partials/`. A port, so
 * that plans stay pure.
 */

export interface Assets {
  /** The text of a packaged file. Throws for a path that is not there: that is a bug. */
  readonly read: (path: string) => string;
  /** All files below a folder, sorted, as paths that `read` takes; none for a missing folder. */
  readonly list: (folder: string) => readonly string[];
  /** What templates may call beside the blocks: code of packs that the user trusts. */
  readonly helpers?: Readonly<Record<string, TemplateFunction>>;
}

/** Gets the values that a template names, then Handlebars' own options. */
export type TemplateFunction = (...args: readonly unknown[]) => unknown;

/** Here stand the texts that replace a block of a template: `partials/readme-run.hbs`. */
export const kBlockFolder = 'partials';

const kFolders = ['templates', 'native-core', kBlockFolder];

/** Several as one, the built-in one first: where two have one path, the later one's counts. */
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

/** The texts that replace blocks of templates, by the names of the blocks. */
export function blocksIn(assets: Assets): ReadonlyMap<string, string> {
  const paths = assets.list(kBlockFolder).filter((path) => path.endsWith('.hbs'));
  return new Map(paths.map((path) => [blockName(path), assets.read(path)]));
}

/** `partials/readme-run.hbs` → `readme-run`. */
export function blockName(path: string): string {
  return path.slice(`${kBlockFolder}/`.length, -'.hbs'.length);
}

/** The blocks that a template offers to be replaced, or calls. */
export function blocksNamedIn(template: string): readonly string[] {
  return [...template.matchAll(/\{\{#?>\s*([\w-]+)\s*\}\}/g)].map(([, name = '']) => name);
}
