/**
 * The packaged files that a plan may read: `templates/` and `native-core/`. A port, so that plans
 * stay pure.
 */

export interface Assets {
  /** The text of a packaged file. Throws for a path that is not there: that is a bug. */
  readonly read: (path: string) => string;
  /** All files below a folder, sorted, as paths that `read` takes. */
  readonly list: (folder: string) => readonly string[];
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
