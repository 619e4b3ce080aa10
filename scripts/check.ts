/**
 * `npm run check`: the checks that need no server or network. The linters run beside the unit
 * tests, which only sometimes keep a core busy; their output is printed when they have finished.
 *
 * Exit code: 0 all is well, 1 something isn't.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { withOwnTools } from './build-environment.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

async function isFine(line: string, output: 'inherit' | 'pipe'): Promise<boolean> {
  const [program = '', ...args] = line.split(' ');
  const child = spawn(program, args, {
    cwd: root,
    env: withOwnTools(root),
    stdio: ['ignore', output, output],
  });
  const told = Promise.all([child.stdout, child.stderr].map((pipe) => pipe && text(pipe)));
  const [status] = (await once(child, 'close')) as [number | null];
  const printed = (await told).filter(Boolean).join('');
  if (output === 'pipe' && (status !== 0 || printed !== '')) console.log(`$ ${line}\n${printed}`);
  return status === 0;
}

async function lint(): Promise<boolean> {
  let isClean = true;
  for (const line of ['biome check --error-on-warnings', 'tsc -p .', 'knip']) {
    isClean = (await isFine(line, 'pipe')) && isClean;
  }
  return isClean;
}

const outcomes = await Promise.all([lint(), isFine('vitest run --project unit', 'inherit')]);
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
