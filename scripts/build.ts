/** Bundles the command and the API into `dist/`, with declarations for the API. */

import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'rolldown';
import { minifySync } from 'rolldown/utils';
import { precompile } from '../src/render/template.ts';
import { sha256 } from '../src/tree/hash.ts';
import { withOwnTools } from './build-environment.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
rmSync('dist', { recursive: true, force: true });

/** Inserts the compiled templates into the module that holds them. */
const precompiledTemplates: Plugin = {
  name: 'precompiled-templates',
  load: {
    filter: { id: /\/src\/render\/built-in\.ts$/ },
    handler: () => {
      const names = readdirSync('templates', { recursive: true, encoding: 'utf8' }).sort();
      const entries = names
        .filter((name) => name.endsWith('.hbs'))
        .map((name) => {
          const text = readFileSync(join('templates', name), 'utf8');
          const known = `sha256: "${sha256(text)}", specification: ${precompile(text)}`;
          return `${JSON.stringify(name)}: { ${known} },`;
        });
      return { code: `export const kBuiltIn = {\n${entries.join('\n')}\n};\n`, moduleType: 'js' };
    },
  },
  // No one reads the code that Handlebars generates, and it is half of all code.
  renderChunk: (code, { name }) =>
    name === 'built-in' ? minifySync(`${name}.js`, code, { module: true }).code : null,
};

/** What the command loads on every start. */
const atStart = new Set<string>();

const noteWhatStarts: Plugin = {
  name: 'note-what-starts',
  buildEnd() {
    const waiting = [join(root, 'src/bin.ts')];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (atStart.has(id)) continue;
      atStart.add(id);
      waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
    }
    atStart.delete(join(root, 'src/bin.ts'));
  },
};

await build({
  cwd: root,
  input: {
    bin: 'src/bin.ts',
    index: 'src/index.ts',
    plop: 'src/plop/hpserver.ts',
    // A separate process: see src/pack/plopfile/program.ts.
    'plopfile-child': 'src/pack/plopfile/child/main.ts',
  },
  platform: 'node',
  external: /^[^./]/,
  plugins: [precompiledTemplates, noteWhatStarts],
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    comments: false,
    // Heavy modules are imported lazily and have their own chunks. What every start needs is one
    // chunk: thirty of them took 9 ms longer to load.
    codeSplitting: {
      groups: [{ name: 'start', test: (id) => atStart.has(id), minShareCount: 2 }],
    },
  },
  logLevel: 'warn',
});
chmodSync('dist/bin.js', 0o755);

execFileSync('tsc', ['-p', 'scripts/tsconfig.types.json'], {
  env: withOwnTools(root),
  stdio: 'inherit',
});
