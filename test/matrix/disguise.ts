/** Servers with a filter that masks every byte: anything that bypasses it is noticed at once. */

import type { Tree } from '../../src/tree/tree.ts';

/** The mask of the core tests' `XorFilter`. */
export const kMask = 0x5a;

/** From the core itself, with which these servers are linked. */
const kFilters = 'test/connection/filters.h';

/**
 * In each language, the place where a server creates the options of its HTTP service, and their
 * name.
 */
const kPlaces: Readonly<Record<string, string>> = {
  'src/main.cc': 'options.limits = http_limits(config);',
  'native/addon/settings/server_settings.cc': 'result.limits = limits;',
};

/** The same project with that filter. Errors: it has no place for one. */
export function disguised(tree: Tree): Tree {
  const place = tree.find(({ path }) => kPlaces[path] !== undefined);
  const line = kPlaces[place?.path ?? ''] ?? '';
  if (place === undefined || !place.text.includes(line)) throw new Error('no place for a filter');
  const options = line.slice(0, line.indexOf('.'));
  const filter = `${options}.make_filter = [] {
    return std::make_unique<hpserver::testing::XorFilter>();
  };`;
  const changed = `#include "${kFilters}"\n${place.text.replace(line, `${line}\n  ${filter}`)}`;
  return tree.map((file) => (file === place ? { ...file, text: changed } : file));
}
