import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import {
  cpuSeconds,
  descriptorCount,
  isAlive,
  killAll,
  processTree,
  proportionalBytes,
  residentBytes,
} from './process-tree.ts';

/** A shell with a child; it prints a line once both are running. */
async function family(): Promise<number> {
  const script = 'i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; sleep 60 & echo up; wait';
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

test('counts a process with its children', async () => {
  const pid = await family();
  const tree = processTree(pid);
  expect(tree).toHaveLength(2);
  expect(tree[0]).toBe(pid);
  expect(cpuSeconds(pid)).toBeGreaterThan(0);
  expect(residentBytes(pid)).toBeGreaterThan(proportionalBytes(pid));
  expect(proportionalBytes(pid)).toBeGreaterThan(0);
  expect(descriptorCount(pid)).toBeGreaterThanOrEqual(6);
  killAll(tree);
});

test('one that has ended has no figures, and nobody is killed in its place', async () => {
  const child = spawn('true');
  await once(child, 'close');
  const pid = child.pid ?? 0;
  expect(isAlive(pid)).toBe(false);
  expect([cpuSeconds(pid), residentBytes(pid), descriptorCount(pid)]).toEqual([0, 0, 0]);
  killAll([pid, 0, -1]);
  expect(isAlive(process.pid)).toBe(true);
});
