/** The facts about this machine that rules may refer to. */

import { platform } from 'node:os';
import type { Machine } from '../spec/machine.ts';
import { ioUringAccess, ioUringSources } from './kernel.ts';

/** None on systems where servers don't run: a project generated there goes to another machine. */
export async function machineFacts(): Promise<Machine> {
  if (platform() !== 'linux') return {};
  return { 'io-uring': ioUringAccess(await ioUringSources()) };
}
