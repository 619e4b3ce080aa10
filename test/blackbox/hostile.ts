/**
 * A hostile client and a good one against any server that meets the suite's contract:
 *   npx tsx test/blackbox/hostile.ts --url http://127.0.0.1:8080
 *     --seconds N      how long (20)
 *     --count N        this many conversations instead
 *     --connections N  at the same time (50)
 *     --seed N         the same choices again
 * Exit code: 0 all served correctly, 1 not, 2 usage.
 */

import { parseArgs } from 'node:util';
import { attack, seedOf } from './hostile/attack.ts';
import { addressOf } from './server.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    seconds: { type: 'string', default: '20' },
    count: { type: 'string' },
    connections: { type: 'string', default: '50' },
    seed: { type: 'string' },
  },
});

if (values.url === undefined) {
  console.error('give --url URL');
  process.exit(2);
}

const seed = seedOf(values.seed);
console.log(`seed ${seed}`);
const end = Date.now() + Number(values.seconds) * 1000;
const count = Number(values.count ?? Number.NaN);
const goesOn = (begun: number) => (Number.isNaN(count) ? Date.now() < end : begun < count);
try {
  const connections = Number(values.connections);
  const damage = await attack(addressOf(values.url), { seed, connections, goesOn });
  console.log(`${damage.conversations} conversations, ${damage.goodAnswers} good answers`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
