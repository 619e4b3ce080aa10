/** What is wrong with a pack's templates before any of them is rendered. */

import type { Issue } from '../../error.ts';
import { type Assets, blockName, blocksNamedIn, kBlockFolder } from '../../plan/assets.ts';
import { whereAndWhy } from '../../render/renderer.ts';
import { nearest } from '../../spec/words/nearest.ts';
import { pathsIn } from './dependencies.ts';
import { templateName } from './pack-assets.ts';

/** Reports templates that do not parse, and replacements of things that `below` doesn't have. */
export function templateIssues(pack: string, own: Assets, below: Assets): readonly Issue[] {
  const places = [...own.list('templates'), ...own.list('native-core')];
  const isOwn = (place: string) => place.startsWith(`templates/${templateName(pack, '')}`);
  return [
    ...[...places, ...own.list(kBlockFolder)].flatMap((place) => parseIssues(place, own)),
    ...overrideIssues(
      places.filter((place) => !isOwn(place)),
      [...below.list('templates'), ...below.list('native-core')],
    ),
    ...blockIssues(own, below),
  ];
}

function parseIssues(place: string, own: Assets): readonly Issue[] {
  if (!place.endsWith('.hbs')) return [];
  try {
    pathsIn(own.read(place));
    return [];
  } catch (cause) {
    const message = whereAndWhy(place, cause);
    const fix = 'Write literal double braces as \\{{.';
    return [{ at: place, message, fix }];
  }
}

function overrideIssues(places: readonly string[], there: readonly string[]): readonly Issue[] {
  return places
    .filter((place) => !there.includes(place))
    .map((place) => {
      const path = place.replace(/^templates\//, '');
      const meant = nearest(place, there)?.replace(/^templates\//, '');
      const fix = meant === undefined ? 'Remove it.' : `Did you mean overrides/${meant}?`;
      return { at: `overrides/${path}`, message: 'it overrides a file that does not exist', fix };
    });
}

function blockIssues(own: Assets, below: Assets): readonly Issue[] {
  const offered = [own, below].flatMap((assets) =>
    [...assets.list('templates'), ...assets.list(kBlockFolder)]
      .filter((place) => place.endsWith('.hbs'))
      .flatMap((place) => blocksNamedIn(assets.read(place))),
  );
  const names = [...new Set(offered)].sort();
  return own
    .list(kBlockFolder)
    .filter((path) => !names.includes(blockName(path)))
    .map((path) => {
      const meant = nearest(blockName(path), names);
      const fix =
        meant === null
          ? `Choose one of: ${names.join(', ')}.`
          : `Did you mean partials/${meant}.hbs?`;
      return { at: path, message: 'no template has a block with this name', fix };
    });
}
