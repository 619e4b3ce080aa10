/** Runs tests of a googletest program, many per process, and reports the outcome of each. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { listedTests, type Report, ReportReader } from './gtest-report.ts';

export interface Program {
  readonly path: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A test that runs longer than this hangs: it is killed with everything it has started. */
  readonly hangSeconds: number;
}

const kSuccess = 'status 0';
const kPatienceSeconds = 10;

type Tell = (report: Report) => void;

/** The tests selected by `filter`, in googletest's form. */
export async function list(program: Program, filter: string): Promise<readonly string[]> {
  const child = start(program, ['--gtest_list_tests', `--gtest_filter=${filter}`]);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const status = await ended(child);
  if (status !== kSuccess) throw new Error(`${program.path}: ${status}, no list:\n${output}`);
  return listedTests(output);
}

/**
 * Runs `names` one after the other. A process that dies early takes the running test with it, and
 * the next process continues after that test.
 */
export async function runAll(
  program: Program,
  names: readonly string[],
  tell: Tell,
): Promise<void> {
  const left = new Set(names);
  while (left.size > 0) {
    const cause = await runProcess(program, [...left], (report) => {
      left.delete(report.name);
      tell(report);
    });
    if (cause === null) continue;
    left.delete(cause.name);
    tell(cause);
  }
}

/** Runs tests in one process. Returns the test that made it exit early, or null. */
async function runProcess(
  program: Program,
  names: readonly string[],
  tell: Tell,
): Promise<Report | null> {
  const child = start(program, [`--gtest_filter=${names.join(':')}`]);
  const reader = new ReportReader();
  const reports: Report[] = [];
  let since = performance.now();
  let end = '';
  const hang = setTimeout(() => {
    end = `killed, for it hung for ${program.hangSeconds} s`;
    killGroup(child);
  }, program.hangSeconds * 1000);
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> });
  lines.on('line', (line) => {
    const report = reader.line(line);
    const hasBegun = report === null && reader.output === '';
    if (report === null && !hasBegun) return;
    since = performance.now();
    hang.refresh();
    if (report === null) return;
    reports.push(report);
    tell(report);
  });
  const status = await ended(child);
  clearTimeout(hang);
  end ||= `ended with ${status}`;
  const seconds = (performance.now() - since) / 1000;
  const blame = (name: string): Report => {
    return { name, verdict: 'failed', seconds, output: `${reader.output}${end}\n` };
  };
  if (reader.running !== null) return blame(reader.running);
  const last = reports.at(-1)?.name;
  if (last === undefined) throw new Error(`${program.path} runs no test:\n${reader.output}${end}`);
  // The next process runs the tests that this one hasn't reached.
  if (reports.length < names.length) return blame(last);
  const hasFailed = reports.some(({ verdict }) => verdict === 'failed');
  return status === kSuccess || hasFailed ? null : blame(last);
}

/**
 * Standard error goes to the same pipe as standard output: only this keeps their lines in order.
 */
function start({ path, environment }: Program, args: readonly string[]): ChildProcess {
  const child = spawn('sh', ['-c', 'exec "$0" "$@" 2>&1', path, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // at the head of a group, which can be killed as a whole
  });
  running.add(child);
  return child;
}

const running = new Set<ChildProcess>();

/**
 * Processes that a test leaves behind are killed when its process exits: they would keep the output
 * open. A process that has left the group gets only a little time to exit by itself.
 */
async function ended(child: ChildProcess): Promise<string> {
  let patience: NodeJS.Timeout | undefined;
  child.once('exit', () => {
    killGroup(child);
    patience = setTimeout(() => child.stdout?.destroy(), kPatienceSeconds * 1000);
  });
  const [status, signal]: readonly unknown[] = await once(child, 'close');
  clearTimeout(patience);
  running.delete(child);
  return signal === null ? `status ${status}` : `${signal}`;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: the group has no process left.
  }
}

/** For an interrupted caller: no test continues without its runner. */
export function killAll(): void {
  for (const child of running) killGroup(child);
}
