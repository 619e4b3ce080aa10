/** What is known about this machine is reported, but decides nothing. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { machineRules } from '../../generators/architecture/machine-rules.ts';
import { emptyFolder, run } from './program.ts';

const kFlags = ['--language', 'cpp', '--yes', '--no-build', '--no-git'];
const kUring = ['app', '--io', 'io_uring', ...kFlags];

describe.each(['forbidden', 'restricted', 'filtered', 'too-old'])(
  'where io_uring is %s',
  (access) => {
    const machine = { 'io-uring': access };
    const rule = machineRules.find(({ machine: wanted }) => wanted?.['io-uring']?.includes(access));

    test('who chooses it is told, with the way out, and gets it', async () => {
      const cwd = emptyFolder();
      const { status, err } = await run(kUring, { cwd, machine });
      expect({ status, err }).toMatchObject({ status: 0 });
      const told = err.replaceAll(/\s+/g, ' ');
      expect(told).toContain(rule?.message);
      expect(told).toContain(rule?.fix);
      expect(readFileSync(join(cwd, 'app/src/main.cc'), 'utf8')).toContain('UringPort');
    });

    test('nobody else is', async () => {
      const { err } = await run(['app', ...kFlags], { cwd: emptyFolder(), machine });
      expect(err).not.toContain('io_uring');
    });

    test('the same answers give the same project', async () => {
      // Both io_uring and aio fit the pattern, and the machine must not decide between them.
      const args = ['app', '--event', 'proactor', ...kFlags];
      const wishes = [];
      for (const each of [machine, {}]) {
        const cwd = emptyFolder();
        expect(await run(args, { cwd, machine: each })).toMatchObject({ status: 0 });
        wishes.push(readFileSync(join(cwd, 'app/hpserver.json'), 'utf8'));
      }
      expect(wishes[0]).toBe(wishes[1]);
    });
  },
);

test('where it is allowed, nothing is said', async () => {
  const machine = { 'io-uring': 'allowed' };
  const { err } = await run(kUring, { cwd: emptyFolder(), machine });
  expect(err).not.toContain('kernel');
});
