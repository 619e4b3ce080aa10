/** The addon: verbatim copies, and the part of the core that it includes. */

import type { Assets } from '../../src/plan/assets.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import { coreFiles } from '../core/core-files.ts';

const kBinding = 'native-core/binding';

export function nativeFiles(assets: Assets): readonly FileIntent[] {
  const sources = assets.list(`${kBinding}/addon`);
  const copies = [`${kBinding}/CMakeLists.txt`, ...sources].map((from): FileIntent => {
    const path = `native${from.slice(kBinding.length)}`;
    return {
      id: `typescript/${path}`,
      path,
      source: { kind: 'copy', from },
      mode: 0o644,
      owner: 'merged',
      because: ['language'],
    };
  });
  const headers = new Set(sources.flatMap((path) => coreHeadersIn(assets.read(path))));
  const entries = [...headers].sort().map((header) => ({ header, because: [] }));
  const core = coreFiles(assets, entries, { into: 'native/core', because: ['language'] });
  return [...copies, ...core];
}

function coreHeadersIn(text: string): readonly string[] {
  return [...text.matchAll(/^#include "(hpserver\/[^"]+)"/gm)].map(([, header = '']) => header);
}
