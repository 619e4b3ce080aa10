import { expect, test } from 'vitest';
import { listedTests, ReportReader, skipReason } from './gtest-report.ts';

test.each([
  ['[       OK ] A.B (12 ms)', 'passed'],
  ['[  FAILED  ] A.B (12 ms)', 'failed'],
  ['[  FAILED  ] A.B, where TypeParam = hpserver::EpollPoller (12 ms)', 'failed'],
  ['[  SKIPPED ] A.B (12 ms)', 'skipped'],
  ['said without an end of line[       OK ] A.B (12 ms)', 'passed'],
])('"%s" ends a test that has %s', (line, verdict) => {
  const reader = new ReportReader();
  expect(reader.line('[ RUN      ] A.B')).toBeNull();
  expect(reader.running).toBe('A.B');
  expect(reader.line(line)).toMatchObject({ name: 'A.B', verdict, seconds: 0.012 });
  expect(reader.running).toBeNull();
});

test('what a test prints is its output, whatever it looks like', () => {
  const reader = new ReportReader();
  reader.line('[==========] Running 2 tests');
  reader.line('[ RUN      ] A.B');
  for (const line of ['one', '[       OK ] A.C (1 ms)', '[  FAILED  ] A.B']) {
    expect(reader.line(line)).toBeNull();
  }
  const output = 'one\n[       OK ] A.C (1 ms)\n[  FAILED  ] A.B\ntwo\n';
  expect(reader.line('two[  FAILED  ] A.B (1 ms)')).toMatchObject({ output });
});

test('a skipped test says why', () => {
  expect(skipReason('src/a_test.cc:7: Skipped\nRLIMIT_NOFILE\nis too low\n\n')).toBe(
    'RLIMIT_NOFILE is too low',
  );
});

test('tests are listed with their suites', () => {
  const listing =
    'Running main() from gtest_main.cc\nPlain.\n  One\nTyped/Epoll.  # TypeParam = X\n  Two\n' +
    'Models/Server.\n  Three/Single  # GetParam() = 24-byte object <80-FE>\n';
  expect(listedTests(listing)).toEqual([
    'Plain.One',
    'Typed/Epoll.Two',
    'Models/Server.Three/Single',
  ]);
});
