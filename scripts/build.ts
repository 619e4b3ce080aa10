/** Bundles the command and the API into `dist/`, with declarations for the API. */

import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { withOwnTools } from './build-environment.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: [
    'src/bin.ts',
    'src/index.ts',
    { in: 'src/plop/hpserver.ts', out: 'plop' },
    // A process of its own: see src/pack/plopfile/program.ts.
    { in: 'src/pack/plopfile/child/main.ts', out: 'plopfile-child' },
  ],
  outdir: 'dist',
  bundle: true,
  // Heavy rooms are imported lazily; splitting keeps them in chunks of their own.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
});
chmodSync('dist/bin.js', 0o755);

execFileSync('tsc', ['-p', 'scripts/tsconfig.types.json'], {
  env: withOwnTools(root),
  stdio: 'inherit',
});
