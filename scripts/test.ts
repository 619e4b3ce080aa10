/** `npm test`: every stage in order, the quick ones first; the first failure ends it. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Stage {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
}

/** A new stage is a line here. `npm test -- NAME…` runs only the named ones. */
const stages: readonly Stage[] = [
  { name: 'check', argv: ['npm', 'run', '--silent', 'check'] },
  { name: 'build', argv: ['npm', 'run', '--silent', 'build'] },
  { name: 'package', argv: ['npx', 'publint', '--strict'] },
  { name: 'whole', argv: ['npx', 'vitest', 'run', '--project', 'whole', '--passWithNoTests'] },
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => stages.every((stage) => stage.name !== name));
if (unknown.length > 0) {
  const known = stages.map((stage) => stage.name).join(', ');
  console.error(`unknown stage ${unknown.join(', ')}; the stages are ${known}`);
  process.exit(2);
}

for (const { name, argv } of stages) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  console.log(`\n== ${name}: ${argv.join(' ')}`);
  const [program, ...args] = argv;
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${status === 0 ? 'passed' : 'failed'} after ${seconds} s`);
  if (status !== 0) process.exit(1);
}
