/** Bundles the command and the API into `dist/`, with declarations for the API. */

import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';
import { precompile } from '../src/render/template.ts';
import { sha256 } from '../src/tree/hash.ts';
import { withOwnTools } from './build-environment.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

/** Puts the templates, compiled, into the module that holds them. */
const precompiledTemplates: Plugin = {
  name: 'precompiled-templates',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/src\/render\/built-in\.ts$/ }, async () => {
      const names = readdirSync('templates', { recursive: true, encoding: 'utf8' }).sort();
      const entries = names
        .filter((name) => name.endsWith('.hbs'))
        .map((name) => {
          const text = readFileSync(join('templates', name), 'utf8');
          const known = `sha256: "${sha256(text)}", specification: ${precompile(text)}`;
          return `${JSON.stringify(name)}: { ${known} },`;
        });
      const text = `export const kBuiltIn = {\n${entries.join('\n')}\n};\n`;
      const { code } = await transform(text, { minify: true });
      return { contents: code, loader: 'js' };
    });
  },
};

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
  plugins: [precompiledTemplates],
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
});
chmodSync('dist/bin.js', 0o755);

execFileSync('tsc', ['-p', 'scripts/tsconfig.types.json'], {
  env: withOwnTools(root),
  stdio: 'inherit',
});
