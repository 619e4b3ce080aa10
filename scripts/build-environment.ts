/** Environments for the programs that scripts start. */

import { spawnSync } from 'node:child_process';
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
  const ninja = isInstalled('ninja') ? { CMAKE_GENERATOR: 'Ninja' } : {};
  if (!isInstalled('ccache')) return ninja;
  return {
    ...ninja,
    CMAKE_C_COMPILER_LAUNCHER: 'ccache',
    CMAKE_CXX_COMPILER_LAUNCHER: 'ccache',
    CCACHE_BASEDIR: tmpdir(),
    CCACHE_NOHASHDIR: '1',
    // Copies are as new as their build; their content is what counts. The last two are what ccache
    // wants for precompiled headers.
    CCACHE_SLOPPINESS: 'include_file_mtime,include_file_ctime,pch_defines,time_macros',
  };
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}
