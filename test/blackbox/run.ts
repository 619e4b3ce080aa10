/**
 * The suite as a script:
 *   npx tsx test/blackbox/run.ts --cwd DIR -- COMMAND…        starts the server itself
 *   npx tsx test/blackbox/run.ts --url http://127.0.0.1:8080  uses a running one
 * More: --root DIR (the folder a server at --url serves; files are written there),
 * --only GROUP,GROUP, --match TEXT, --single (it has no --workers), --verbose.
 * Exit code: 0 all passed, 1 some failed, 2 usage.
 */

import { parseArgs } from 'node:util';
import { addressOf } from './server.ts';
import { groups, type Result, runBlackbox, runChecks, visitStage } from './suite.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    cwd: { type: 'string', default: process.cwd() },
    root: { type: 'string' },
    only: { type: 'string', default: '' },
    match: { type: 'string', default: '' },
    single: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const only = values.only.split(',').filter((name) => name !== '');
const unknown = only.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0 || (values.url === undefined) === (positionals.length === 0)) {
  const names = groups.map((group) => group.name).join(', ');
  console.error(`give either --url URL or -- COMMAND…; groups: ${names}`);
  process.exit(2);
}

function report({ group, name, failure }: Result): void {
  if (failure !== null) console.log(`FAIL  ${group}: ${name}\n      ${failure}`);
  else if (values.verbose) console.log(`ok    ${group}: ${name}`);
}

async function main(): Promise<readonly Result[]> {
  const matches = (name: string) => name.includes(values.match);
  const selection = { only, matches, ownServers: values.url === undefined };
  if (values.url === undefined) {
    const name = positionals[0] ?? '';
    const target = { name, cwd: values.cwd, start: positionals, hasWorkers: !values.single };
    return runBlackbox(target, selection, report);
  }
  const stage = await visitStage(addressOf(values.url), values.root ?? null);
  return runChecks(stage.world, selection, report);
}

const results = await main();
const failed = results.filter((result) => result.failure !== null).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && results.length > 0 ? 0 : 1;
