/** Environments for the programs that scripts start. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** This environment, with the package's own tools found first: scripts run outside of npm too. */
export function withOwnTools(root: string): Environment {
  return { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` };
}

/**
 * What makes CMake use Ninja and ccache, where they are there. The projects that tests generate
 * hold equal sources in different folders below the one for temporary files: there, paths count
 * relative to the build folder, so that projects share their objects (ccache(1), "Compiling in
 * different directories").
 */
export function quickBuilds(): Environment {
  const generator = isInstalled('ninja') ? { CMAKE_GENERATOR: 'Ninja' } : {};
  // What is emitted leaves warnings to its user's compiler; here none may be left.
  const strict = { ...generator, CXXFLAGS: '-Werror' };
  if (!isInstalled('ccache')) return strict;
  return {
    ...strict,
    CMAKE_C_COMPILER_LAUNCHER: 'ccache',
    CMAKE_CXX_COMPILER_LAUNCHER: 'ccache',
    CCACHE_BASEDIR: tmpdir(),
    CCACHE_NOHASHDIR: '1',
    // By what the compiler says it has read: to preprocess all of it first takes a fifth more.
    CCACHE_DEPEND: '1',
    // Copies are as new as their build; their content is what counts. The last two are what ccache
    // wants for precompiled headers.
    CCACHE_SLOPPINESS: 'include_file_mtime,include_file_ctime,pch_defines,time_macros',
  };
}

/**
 * What names the functions in the sanitizers' reports. Debian's clang looks for a symbolizer of a
 * further package; every compiler has this one.
 */
export function sanitizedRuns(): Environment {
  const folders = (process.env.PATH ?? '').split(':');
  const path = folders.map((folder) => `${folder}/addr2line`).find(existsSync);
  return { ASAN_SYMBOLIZER_PATH: path, TSAN_SYMBOLIZER_PATH: path };
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}
