/** The core of the suite under each fault; the answers must be the same as without it. */

import { beforeAll, describe, it } from 'vitest';
import { hello, match, probe } from './exchange.ts';
import { faults, shedding } from './faults.ts';
import { launch, type Target } from './server.ts';
import { runBlackbox } from './suite.ts';
import { subjects } from './targets.ts';
import { withWire } from './wire.ts';

const core = ['messages', 'framing', 'files', 'ranges', 'connections', 'changing files'];

/** Leaves out inputs cut at every byte: under a tracer they would take minutes. */
const isCore = (name: string): boolean => !name.includes('cut at every byte');

describe.each(subjects())('$name', (subject) => {
  let target: Target;
  beforeAll(async () => {
    target = await subject.prepare();
  });

  const possible = faults.filter(({ trigger = subject.trigger }) => trigger === subject.trigger);
  it.concurrent.each(possible)('answers the same with $name', async (fault) => {
    const selection = { only: core, matches: isCore, ownServers: true };
    const results = await runBlackbox(fault.apply(target), selection);
    const failed = results.filter((result) => result.failure !== null);
    const lines = failed.map(({ group, name, failure }) => `${group}: ${name}: ${failure}`);
    if (lines.length > 0 || results.length === 0) throw new Error(lines.join('\n'));
  });

  it.concurrent.each(shedding)(
    'sheds connections on $name, and serves all others',
    async (fault) => {
      const server = await launch(fault.apply(target), []);
      let served = 0;
      for (let count = 0; count < 100; count += 1) {
        await withWire(server.address, [], async (wire) => {
          wire.write(probe);
          await wire.until('an answer or the end', () => {
            return wire.fate !== 'open' || wire.reader.answers.length > 0;
          });
          const [answer] = wire.reader.answers;
          if (answer === undefined || answer.status === 503) return;
          match(answer, hello);
          served += 1;
        });
      }
      await server.stop();
      if (served < 50) throw new Error(`only ${served} of 100 connections were served`);
    },
  );
});
