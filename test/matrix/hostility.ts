/** Hostile clients beside a good one, under a sanitizer. */

import { attack, seedOf } from '../blackbox/hostile/attack.ts';
import { launch, type Target } from '../blackbox/server.ts';
import type { Part } from './row.ts';

const kConversations = 600;
const kConnections = 50;

/** Stays below the server's capacity, because the good client needs a place, too. */
export async function runHostility(target: Target): Promise<Part> {
  const connections = Math.min(kConnections, (target.capacity ?? Number.POSITIVE_INFINITY) - 1);
  if (connections < 1) return { failures: [], output: '' };
  try {
    const server = await launch(target, []);
    const goesOn = (begun: number): boolean => begun < kConversations;
    const failures = await attack(server.address, { seed: seedOf(), connections, goesOn }).then(
      () => [],
      (error: unknown) => [`hostile clients: ${error}`],
    );
    const output = server.output();
    await server.stop();
    return { failures, output };
  } catch (error) {
    return { failures: [`hostile clients: ${error}`], output: '' };
  }
}
