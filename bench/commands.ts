/**
 * How long the commands on a project take, compared with a Node.js that does nothing, in
 * interleaved rounds: `npm run build && npx tsx bench/commands.ts`.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spread } from '../src/load/statistics.ts';

const kBin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
const kRounds = 15;

/** Node's arguments, by name. The two changes undo each other, so every round starts the same. */
const kCommands: Readonly<Record<string, readonly string[]>> = {
  'node alone': ['-e', '0'],
  '--version': [kBin, '--version'],
  status: [kBin, 'status'],
  check: [kBin, 'check'],
  'regenerate, unchanged': [kBin, 'regenerate', '--yes'],
  'regenerate, to io_uring': [kBin, 'regenerate', '--io', 'io_uring'],
  'regenerate, back to epoll': [kBin, 'regenerate', '--io', 'epoll', '--event', 'reactor'],
};

const folder = mkdtempSync(join(tmpdir(), 'bench-commands-'));
try {
  const flags = ['--language', 'cpp', '--yes', '--no-build', '--no-git'];
  run([kBin, 'project', ...flags], folder);
  const times = new Map<string, number[]>();
  for (let round = 0; round < kRounds; round++) {
    for (const [name, args] of Object.entries(kCommands)) {
      const took = run(args, join(folder, 'project'));
      times.set(name, [...(times.get(name) ?? []), took]);
    }
  }
  const floor = spread(times.get('node alone') ?? [])?.median ?? 1;
  for (const [name, took] of times) {
    const middle = spread(took)?.median ?? 0;
    const ratio = (middle / floor).toFixed(1);
    console.log(`${name.padEnd(28)}${middle.toFixed(0).padStart(5)} ms${ratio.padStart(7)} x`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds. */
function run(args: readonly string[], cwd: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return performance.now() - started;
}
