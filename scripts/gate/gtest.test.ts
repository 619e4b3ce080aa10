import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { list, type Program, runAll } from './gtest.ts';
import type { Report } from './gtest-report.ts';

/** Imitates googletest; its tests do what their names say. */
const kProgram = `#!/bin/sh
case "$1" in --gtest_list_tests) printf 'Suite.\\n  Passes\\n  Crashes  # GetParam() = 1\\n'; exit;; esac
status=0
for name in $(echo "\${1#--gtest_filter=}" | tr : ' '); do
  echo "[ RUN      ] $name"
  case "$name" in
    *Passes) echo "[       OK ] $name (20 ms)";;
    *Fails) echo wrong; status=1; echo "[  FAILED  ] $name, where GetParam() = 1 (0 ms)";;
    *Skips) echo 'a.cc:1: Skipped'; echo no such kernel; echo "[  SKIPPED ] $name (0 ms)";;
    *Crashes) echo "$COLOUR screen" >&2; kill -ABRT $$;;
    *Hangs) sleep 600 & wait;;
    *Leaves) sleep 600 & echo "[       OK ] $name (0 ms)";;
    *Exits) echo "[       OK ] $name (0 ms)"; exit 0;;
    *Leaks) echo "[       OK ] $name (0 ms)"; status=23;;
  esac
done
echo leaks, if there are any
exit $status
`;

const folder = mkdtempSync(join(tmpdir(), 'gtest-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(hangSeconds: number): Program {
  const path = join(folder, 'tests');
  writeFileSync(path, kProgram);
  chmodSync(path, 0o755);
  return { path, environment: { COLOUR: 'blue' }, hangSeconds };
}

async function verdicts(names: readonly string[], hangSeconds = 60): Promise<readonly string[]> {
  const reports = new Map<string, Report>();
  await runAll(program(hangSeconds), names, (report) => reports.set(report.name, report));
  return [...reports.values()].map(({ name, verdict, output }) =>
    `${name} ${verdict} ${output.trim().split('\n').join(' | ')}`.trim(),
  );
}

test('tests are listed by their whole names', async () => {
  expect(await list(program(60), '*')).toEqual(['Suite.Passes', 'Suite.Crashes']);
});

test('what fails or is skipped says why, and the others go on', async () => {
  expect(await verdicts(['A.Fails', 'A.Skips', 'A.Passes'])).toEqual([
    'A.Fails failed wrong',
    'A.Skips skipped a.cc:1: Skipped | no such kernel',
    'A.Passes passed',
  ]);
});

test('a crash is the failure of the test that ran, and the others go on', async () => {
  expect(await verdicts(['A.Passes', 'A.Crashes', 'B.Passes', 'B.Crashes'])).toEqual([
    'A.Passes passed',
    'A.Crashes failed blue screen | ended with SIGABRT',
    'B.Passes passed',
    'B.Crashes failed blue screen | ended with SIGABRT',
  ]);
});

test('a test that hangs is killed with what it has started, and the others go on', async () => {
  expect(await verdicts(['A.Hangs', 'A.Passes'], 0.5)).toEqual([
    'A.Hangs failed killed, for it hung for 0.5 s',
    'A.Passes passed',
  ]);
});

test('what a test leaves running keeps nobody waiting', async () => {
  expect(await verdicts(['A.Leaves', 'A.Passes'])).toEqual(['A.Leaves passed', 'A.Passes passed']);
});

test('a test that ends the process with success has failed all the same', async () => {
  expect(await verdicts(['A.Exits', 'A.Passes'])).toEqual([
    'A.Exits failed ended with status 0',
    'A.Passes passed',
  ]);
});

test('a process that fails though its tests passed is the failure of the last one', async () => {
  expect(await verdicts(['A.Leaks', 'A.Passes'])).toEqual([
    'A.Leaks passed',
    'A.Passes failed leaks, if there are any | ended with status 23',
  ]);
});

test('a test whose end is not told has failed', async () => {
  expect(await verdicts(['A.Vanishes'])).toEqual([
    'A.Vanishes failed leaks, if there are any | ended with status 0',
  ]);
});

test('a program that runs nothing is a fault of the caller', async () => {
  const missing = { path: join(folder, 'missing'), environment: {}, hangSeconds: 60 };
  await expect(runAll(missing, ['A.Passes'], () => {})).rejects.toThrow('missing runs no test');
});
