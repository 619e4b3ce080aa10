/**
 * `npm test`: the stages in order, the quick ones first; the first failure ends it. `npm test --
 * NAME…` runs only the named ones. Which rows of the matrix are in them: docs/decisions/0018.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { quickBuilds, withOwnTools } from './build-environment.ts';
import { type Count, countOf, sum } from './test-count.ts';

type Command = readonly [program: string, ...args: string[]];

interface Stage {
  readonly name: string;
  /** Below the repository; its root if absent. */
  readonly folder?: string;
  readonly commands: readonly Command[];
}

/** The tests of the core that fork: the thread sanitizer doesn't follow a fork. */
const withProcesses = 'Process(Pool|Server|PerConnection)|Prefork|(Accept|Sharded)Processes';

/** A new stage is a line here. */
const stages: readonly Stage[] = [
  { name: 'check', commands: [['npm', 'run', '--silent', 'check']] },
  { name: 'build', commands: [['npm', 'run', '--silent', 'build']] },
  { name: 'package', commands: [['publint', '--strict']] },
  nativeCore('release'),
  nativeCore('asan'),
  nativeCore('tsan'),
  { name: 'whole', commands: [['vitest', 'run', '--project', 'whole']] },
  matrix('release', '--language', 'cpp'),
  matrix('asan', '--filter', 'epoll-edge-reactor'),
  matrix('tsan', '--filter', 'epoll-edge-reactor'),
  { ...matrix('release', '--language', 'typescript', '--cover'), name: 'matrix-node' },
  // All rows with all checks are `npm run matrix -- --mode MODE`.
];

/** Without what only waits; see test/matrix/run.ts. */
function matrix(mode: 'release' | 'asan' | 'tsan', ...filter: readonly string[]): Stage {
  const script = ['run', '--silent', 'matrix', '--', '--mode', mode, '--quick', ...filter];
  return { name: `matrix-${mode}`, commands: [['npm', ...script]] };
}

function nativeCore(preset: 'release' | 'asan' | 'tsan'): Stage {
  const parallel = ['--parallel', String(availableParallelism())];
  // Most of the tests' time is spent waiting for deadlines: those overlap.
  const overlapping = ['--parallel', String(3 * availableParallelism())];
  const without = preset === 'tsan' ? ['--exclude-regex', withProcesses] : [];
  return {
    name: `core-${preset}`,
    folder: 'native-core',
    commands: [
      // Configured by hand, the folder may belong to another of CMake's generators.
      ['rm', '-f', `build/${preset}/CMakeCache.txt`],
      ['cmake', '--preset', preset, '-DHPSERVER_TESTS=ON'],
      ['cmake', '--build', '--preset', preset, ...parallel],
      ['ctest', '--preset', preset, ...overlapping, ...without],
    ],
  };
}

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...withOwnTools(root), ...quickBuilds() };

/** What the stage's tests came to; a stage without tests counts as one. */
async function run({ name, folder = '.', commands }: Stage): Promise<Count> {
  const started = performance.now();
  let count: Count = { passed: 0, failed: 0 };
  let status = 0;
  for (const command of commands) {
    const finished = await execute(command, folder);
    count = sum(count, countOf(finished.output));
    status = finished.status;
    if (status !== 0) break;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${status === 0 ? 'passed' : 'failed'} after ${seconds} s`);
  if (status !== 0) return { ...count, failed: Math.max(1, count.failed) };
  return count.passed === 0 ? { ...count, passed: 1 } : count;
}

/** Shows the output as it comes, and keeps it. */
async function execute([program, ...args]: Command, folder: string) {
  console.log(`== ${program} ${args.join(' ')}`);
  const stdio = ['inherit', 'pipe', 'inherit'] as const;
  const child = spawn(program, args, { cwd: root + folder, env, stdio: [...stdio] });
  const ended = once(child, 'close').catch((error: Error) => {
    console.error(error.message);
    return [1];
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    output += chunk;
  });
  const [status] = (await ended) as readonly (number | null)[];
  return { status: status ?? 1, output };
}

function chosenStages(names: readonly string[]): readonly Stage[] {
  const unknown = names.filter((name) => stages.every((stage) => stage.name !== name));
  if (unknown.length > 0) {
    const known = stages.map((stage) => stage.name).join(', ');
    console.error(`unknown stage ${unknown.join(', ')}; the stages are ${known}`);
    process.exit(2);
  }
  return stages.filter(({ name }) => names.length === 0 || names.includes(name));
}

let total: Count = { passed: 0, failed: 0 };
for (const stage of chosenStages(process.argv.slice(2))) {
  total = sum(total, await run(stage));
  if (total.failed > 0) break;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
