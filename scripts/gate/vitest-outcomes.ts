/** A vitest reporter that tells the gate each test's outcome, and which files could not be run. */

import { relative } from 'node:path';
import type {
  Reporter,
  SerializedError,
  TestCase,
  TestModule,
  TestResult,
  TestSuite,
} from 'vitest/node';
import { type Outcome, tellOutcomes } from './outcome.ts';

/** Where a test is: from the repository's root down to its name. */
export interface TestPlace {
  readonly project: string;
  readonly file: string;
  /** Suites, the outermost first, and the test's name; empty for the whole file. */
  readonly names: readonly string[];
}

export function nameOf({ file, names }: TestPlace): string {
  return [file, ...names].join(' > ');
}

/** The command that runs that test alone, or the whole file. */
export function commandFor({ project, file, names }: TestPlace): string {
  const run = ['npx', 'vitest', 'run', '--project', project, file].map(quoted).join(' ');
  // vitest matches the pattern against the names, joined by spaces.
  return names.length === 0 ? run : `${run} -t ${quoted(`^${escaped(names.join(' '))}$`)}`;
}

/** Quoted as a single word of a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Why a test failed, was skipped, or had to be rerun. */
export function whyOf(result: TestResult): string {
  if (result.state === 'skipped') return result.note ?? 'skipped, and it does not say why';
  return result.errors?.[0]?.message ?? '';
}

export class VitestOutcomes implements Reporter {
  onTestCaseResult(testCase: TestCase): void {
    const result = testCase.result();
    if (result.state === 'pending') return;
    const { duration = 0, retryCount = 0 } = testCase.diagnostic() ?? {};
    const place = placeOf(testCase);
    tellOutcomes([
      {
        name: nameOf(place),
        verdict: result.state,
        seconds: duration / 1000,
        checks: 1,
        repeats: retryCount,
        why: whyOf(result),
        again: commandFor(place),
      },
    ]);
  }

  /** A hook of the suite failed, so its tests never ran. */
  onTestSuiteResult(suite: TestSuite): void {
    tellOutcomes(suite.errors().map((error) => broken(placeOf(suite), error)));
  }

  /** The file could not be loaded, or one of its hooks failed. */
  onTestModuleEnd(testModule: TestModule): void {
    tellOutcomes(testModule.errors().map((error) => broken(placeOf(testModule), error)));
  }

  /** Errors that were thrown outside any test. */
  onTestRunEnd(_: unknown, errors: readonly SerializedError[]): void {
    const again = 'npx vitest run';
    tellOutcomes(
      errors.map((error) => ({ ...failure(error), name: 'outside of any test', again })),
    );
  }
}

function placeOf(task: TestCase | TestSuite | TestModule): TestPlace {
  if (task.type !== 'module') {
    const around = placeOf(task.parent);
    return { ...around, names: [...around.names, task.name] };
  }
  const file = relative(process.cwd(), task.moduleId);
  return { project: task.project.name, file, names: [] };
}

function broken(place: TestPlace, error: SerializedError): Outcome {
  return { ...failure(error), name: nameOf(place), again: commandFor({ ...place, names: [] }) };
}

function failure(error: SerializedError): Omit<Outcome, 'name' | 'again'> {
  return { verdict: 'failed', seconds: 0, checks: 1, repeats: 0, why: error.message };
}
