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
  readonly helpers?: Readonly<Record<string, TemplateHelper>>;
}

/** Gets the values that a template names, then Handlebars' own options. */
export type TemplateHelper = (...args: readonly unknown[]) => unknown;

/** Here stand the texts that replace a block of a template: `partials/readme-run.hbs`. */
export const kBlockFolder = 'partials';

const kFolders = ['templates', 'native-core', kBlockFolder];

/** The files of all of them; where two have one path, the later one's. */
export function layered(base: Assets, overlays: readonly Assets[]): Assets {
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
    helpers: Object.assign({}, base.helpers, ...overlays.map((overlay) => overlay.helpers)),
  };
}

/** Several as one: a path is looked up from the last to the first. */
export function layered(layers: readonly Assets[]): Assets {
  const homes = new Map<string, Assets>();
  const list = (folder: string): readonly string[] => {
    const paths = layers.flatMap((layer) =>
      layer.list(folder).map((path) => [path, layer] as const),
    );
    for (const [path, layer] of paths) homes.set(path, layer);
    return [...new Set(paths.map(([path]) => path))].sort();
  };
  const [only] = layers;
  if (layers.length === 1 && only !== undefined) return only;
  return {
    list,
    read: (path) => {
      if (!homes.has(path)) list(path.slice(0, path.lastIndexOf('/')));
      const home = homes.get(path) ?? layers[0];
      if (home === undefined) throw new Error(`there are no assets to read ${path} from`);
      return home.read(path);
    },
  };
}
