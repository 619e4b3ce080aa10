import { describe, expect, it } from 'vitest';
import type { Assets } from '../../src/plan/assets.ts';
import { coreFiles } from './core-files.ts';
import { IncludeGraph } from './include-graph.ts';

const files: Readonly<Record<string, string>> = {
  'native-core/hpserver/os/fd.h': '#pragma once\n#include <utility>\n',
  'native-core/hpserver/os/unused.h': '',
  'native-core/hpserver/net/socket.h': '#include "hpserver/os/fd.h"\n',
  'native-core/hpserver/http/parser.h': '#include "fsm.h"\n',
  'native-core/generated/fsm.h': '',
  'native-core/generated/fsm.c': '#include "fsm.h"\n',
  'native-core/hpserver/os/fd.cc': '#include "hpserver/os/fd.h"\n',
  'native-core/hpserver/os/fd_test.cc': '#include "hpserver/os/unused.h"\n',
  'native-core/hpserver/os/unused.cc': '',
  'native-core/hpserver/net/socket.cc': '#include "beside.h"\n#include "hpserver/net/socket.h"\n',
  'native-core/hpserver/net/ring.h': '#include <liburing.h>\n',
  'native-core/hpserver/net/beside.h': '',
  'native-core/hpserver/net/beside.cc': '#include "hpserver/broken.h"\n',
};

const assets: Assets = {
  read: (path) => files[path] ?? '',
  list: (folder) => Object.keys(files).filter((path) => path.startsWith(`${folder}/`)),
};

describe('the closure of a header', () => {
  it('is the header and its implementation, without tests', () => {
    expect(new IncludeGraph(assets).closure('hpserver/os/fd.h')).toEqual([
      'hpserver/os/fd.cc',
      'hpserver/os/fd.h',
    ]);
  });

  it('has what was generated, with its C', () => {
    expect(new IncludeGraph(assets).closure('hpserver/http/parser.h')).toEqual([
      'generated/fsm.c',
      'generated/fsm.h',
      'hpserver/http/parser.h',
    ]);
  });

  it('names the file whose include nobody answers', () => {
    expect(() => new IncludeGraph(assets).closure('hpserver/net/socket.h')).toThrow(
      'hpserver/net/beside.cc includes "hpserver/broken.h", which the core lacks',
    );
  });
});

describe('the copy of the core', () => {
  const place = { into: 'core', because: ['language'] };
  const entries = [
    { header: 'hpserver/os/fd.h', because: [] },
    { header: 'hpserver/http/parser.h', because: ['application'] },
  ];

  it('says why each file is there', () => {
    const reasons = coreFiles(assets, entries, place).map(({ path, because }) => [path, because]);
    expect(reasons).toEqual([
      ['core/generated/fsm.c', ['application', 'language']],
      ['core/generated/fsm.h', ['application', 'language']],
      ['core/hpserver/http/parser.h', ['application', 'language']],
      ['core/hpserver/os/fd.cc', ['language']],
      ['core/hpserver/os/fd.h', ['language']],
      ['core/units.cmake', ['language']],
      ['core/CMakeLists.txt', ['application', 'language']],
    ]);
  });

  it.each([
    ['hpserver/os/fd.h', false],
    ['hpserver/net/ring.h', true],
  ])('of %s asks for liburing: %s', (header, liburing) => {
    const build = coreFiles(assets, [{ header, because: [] }], place).at(-1);
    expect(build?.source).toMatchObject({ view: { liburing } });
  });

  it('lists the sources to build, and where headers are looked for', () => {
    const build = coreFiles(assets, entries, place).at(-1);
    expect(build?.source).toMatchObject({
      view: { sources: ['generated/fsm.c', 'hpserver/os/fd.cc'], includeFolders: '. generated' },
    });
  });
});
