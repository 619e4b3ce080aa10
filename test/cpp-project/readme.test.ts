/** The code shown in a C++ project's README compiles, word for word (U4). */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addSamples, samplesOf } from '../readme-samples.ts';
import { clean, generate, run } from './project.ts';

afterAll(clean);

test.each(['epoll', 'poll'])('the samples compile where %s waits', async (io) => {
  const project = await generate(`readme-${io}`, { 'io.model': io });
  const shown = samplesOf(readFileSync(join(project.directory, 'README.md'), 'utf8'));
  expect(shown.map(({ path }) => path)).toEqual([
    'src/handlers/user.h',
    'src/handlers/user.cc',
    'src/routes.cc',
    'CMakeLists.txt',
    'src/routes.cc',
  ]);
  addSamples(project.directory, {
    'src/routes.cc': { imports: '#include "handlers/', before: '  return router;' },
    'CMakeLists.txt': { imports: '#', before: '  src/handlers/json.cc' },
  });
  const flags = ['-std=c++20', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-fsyntax-only'];
  const folders = ['src', 'core', 'core/generated'].flatMap((path) => ['-I', path]);
  const compiled = run(project, [
    'g++',
    ...[...flags, ...folders, 'src/handlers/user.cc', 'src/routes.cc'],
  ]);
  expect(compiled).toEqual({ status: 0, output: '' });
});
