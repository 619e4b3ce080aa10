/** The whole black-box suite with every byte masked: over every transport, in both languages. */

import { beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../blackbox/server.ts';
import { offered } from './architectures.ts';
import { runSuite } from './row.ts';
import { builtServers, disguiseOf, kDisguised } from './servers.ts';

let targets: ReadonlyMap<string, Target>;
beforeAll(async () => {
  targets = await builtServers();
});

const architectures = offered().filter(({ id }) => kDisguised.includes(id));

// One after the other: the clients of a suite keep all answers, so several suites in one process
// could fill the machine's memory.
describe.each(architectures)('$id behind a filter', (architecture) => {
  it('passes the suite', { timeout: 600_000, retry: 1 }, async () => {
    const target = targets.get(disguiseOf(architecture.id));
    if (target === undefined) throw new Error('it was not built');
    const { failures, repeated, checks } = await runSuite(target, architecture, false);
    const told = [...failures, ...repeated];
    // An assertion would truncate these texts, which are all that is kept of a repeated attempt.
    if (told.length > 0) throw new Error(told.join('\n'));
    expect(checks).toBeGreaterThan(200);
  });
});
