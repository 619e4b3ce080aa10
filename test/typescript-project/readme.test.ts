/** The code shown in a TypeScript project's README compiles, word for word (U4). */

import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { addSamples, samplesOf } from '../readme-samples.ts';
import { generate } from './projects.ts';

/** This repository has every package that a project compiles with. */
const kModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

test.each(['inline', 'queued'])('the samples compile where handlers run %s', async (where) => {
  const pool = { 'concurrency.model': 'half-sync-half-async' };
  const project = await generate(where === 'inline' ? {} : pool);
  onTestFinished(project.remove);
  const { directory } = project;
  const shown = samplesOf(readFileSync(join(directory, 'README.md'), 'utf8'));
  expect(shown.map(({ path }) => path)).toEqual([
    'src/handlers/user.ts',
    'src/routes.ts',
    'src/routes.ts',
  ]);
  addSamples(directory, { 'src/routes.ts': { imports: 'import ', before: '  .get(' } });
  symlinkSync(kModules, join(directory, 'node_modules'));
  const flags = ['-p', '.', '--noEmit'];
  const { status, stdout } = spawnSync(process.execPath, [join(kModules, '.bin/tsc'), ...flags], {
    cwd: directory,
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
