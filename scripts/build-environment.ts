/** Environments for the programs that scripts start. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** This environment, with the package's own tools found first: scripts also run outside npm. */
export function withOwnTools(root: string): Environment {
  return { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` };
}

/**
 * What makes CMake use Ninja and ccache, if installed. The projects that tests generate contain
 * equal sources in different temporary folders: there, paths count relative to the build folder, so
 * projects share their objects (ccache(1), "Compiling in different directories").
 */
export function quickBuilds(): Environment {
  const generator = isInstalled('ninja') ? { CMAKE_GENERATOR: 'Ninja' } : {};
  // Emitted projects leave warnings to their user's compiler; here none may remain.
  const strict = { ...generator, CXXFLAGS: '-Werror' };
  if (!isInstalled('ccache')) return strict;
  return {
    ...strict,
    CMAKE_C_COMPILER_LAUNCHER: 'ccache',
    CMAKE_CXX_COMPILER_LAUNCHER: 'ccache',
    CCACHE_BASEDIR: tmpdir(),
    CCACHE_NOHASHDIR: '1',
    // Trusts the compiler's list of files read: preprocessing everything first takes a fifth
    // longer.
    CCACHE_DEPEND: '1',
    // Copied sources are as new as their build, so only their content is compared. ccache requires
    // the last two words for precompiled headers.
    CCACHE_SLOPPINESS: 'include_file_mtime,include_file_ctime,pch_defines,time_macros',
  };
}

/**
 * Lets the sanitizers' reports name functions. Debian's clang looks for a symbolizer that is in a
 * separate package; this one comes with every compiler.
 */
export function sanitizedRuns(): Environment {
  const folders = (process.env.PATH ?? '').split(':');
  const path = folders.map((folder) => `${folder}/addr2line`).find(existsSync);
  return { ASAN_SYMBOLIZER_PATH: path, TSAN_SYMBOLIZER_PATH: path };
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}
