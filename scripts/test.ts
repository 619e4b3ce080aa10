/** `npm test`: every stage in order, the quick ones first; the first failure ends it. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Command = readonly [program: string, ...args: string[]];

interface Stage {
  readonly name: string;
  /** Below the repository; its root if absent. */
  readonly folder?: string;
  readonly commands: readonly Command[];
}

/** A new stage is a line here. `npm test -- NAME…` runs only the named ones. */
const stages: readonly Stage[] = [
  { name: 'check', commands: [['npm', 'run', '--silent', 'check']] },
  { name: 'build', commands: [['npm', 'run', '--silent', 'build']] },
  { name: 'package', commands: [['publint', '--strict']] },
  nativeCore('debug'),
  nativeCore('asan'),
  nativeCore('tsan'),
  { name: 'whole', commands: [['vitest', 'run', '--project', 'whole']] },
];

function nativeCore(preset: 'debug' | 'asan' | 'tsan'): Stage {
  return {
    name: `core-${preset}`,
    folder: 'native-core',
    commands: [
      ['cmake', '--preset', preset, '-DHPSERVER_TESTS=ON'],
      ['cmake', '--build', '--preset', preset],
      ['ctest', '--preset', preset, '--parallel', '2'],
    ],
  };
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => stages.every((stage) => stage.name !== name));
if (unknown.length > 0) {
  const known = stages.map((stage) => stage.name).join(', ');
  console.error(`unknown stage ${unknown.join(', ')}; the stages are ${known}`);
  process.exit(2);
}

for (const { name, folder = '.', commands } of stages) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  const passed = commands.every((command) => run(command, folder));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${passed ? 'passed' : 'failed'} after ${seconds} s`);
  if (!passed) process.exit(1);
}

function run([program, ...args]: Command, cwd: string): boolean {
  console.log(`== ${program} ${args.join(' ')}`);
  const { status, error } = spawnSync(program, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) console.error(error.message);
  return status === 0;
}
