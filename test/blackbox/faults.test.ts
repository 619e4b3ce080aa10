/** The core of the suite on each bad day; the answers must be the same as on a good one. */

import { describe, it } from 'vitest';
import { faults } from './faults.ts';
import { runBlackbox } from './suite.ts';
import { targets } from './targets.ts';

const core = ['messages', 'framing', 'files', 'ranges', 'connections', 'changing files'];

/** Whole and byte-by-byte only: cutting at every byte under a tracer takes minutes. */
const isCore = (name: string): boolean => !name.includes('cut at every byte');

describe.each(targets())('$name', (target) => {
  describe.each(faults)('with $name', (fault) => {
    it('answers as on a good day', { timeout: 300_000 }, async () => {
      const results = await runBlackbox(fault.apply(target), {
        only: core,
        matches: isCore,
        ownServers: true,
      });
      const failed = results.filter((result) => result.failure !== null);
      const lines = failed.map(({ group, name, failure }) => `${group}: ${name}: ${failure}`);
      if (lines.length > 0 || results.length === 0) throw new Error(lines.join('\n'));
    });
  });
});
