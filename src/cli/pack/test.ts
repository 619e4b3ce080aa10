/** `create-hpserver pack test DIRECTORY`. */

import type { Host } from '../../console/host.ts';
import { type Paint, paintFor } from '../../console/paint.ts';
import { indent, plural } from '../../console/text.ts';
import { ExitCode, UserError } from '../../error.ts';
import type { Bench } from '../../pack/check/bench.ts';
import { type Built, buildCase } from '../../pack/check/build-cases.ts';
import {
  combinationsOf,
  type GoldenResult,
  type Rendered,
  testCombinations,
  testGolden,
} from '../../pack/check/test-pack.ts';
import { updateGolden } from '../../pack/check/update-golden.ts';
import type { Spec } from '../../spec/spec.ts';
import { type Invocation, readInvocation } from '../command.ts';
import { showIssues } from '../issues.ts';
import { onBench } from './on-bench.ts';
import type { PackEngine } from './pack-engine.ts';
import { packTestSyntax } from './syntax.ts';
import { distrustOf, trustOptions } from './trusting.ts';

interface Results {
  readonly golden: readonly GoldenResult[];
  readonly rendered: Rendered;
  readonly built: readonly Built[];
}

/** Exit code 1 if a case fails. */
export async function packTest(host: Host, engine: PackEngine): Promise<ExitCode> {
  const invocation = readInvocation(host, packTestSyntax);
  if (invocation === null) return ExitCode.done;
  const { values } = invocation;
  const bench = await onBench(host, engine, invocation, packTestSyntax);
  if (values.has('build')) await refuseDistrust(host, bench, values);
  if (values.has('update')) {
    for (const name of await updateGolden(bench)) host.err.write(`written: tests/${name}/out\n`);
  }
  const golden = values.has('update') ? [] : await testGolden(bench);
  const rendered = await testCombinations(bench);
  const built = values.has('build') ? await buildAll(host, bench) : [];
  const results = { golden, rendered, built };
  const text = values.has('json')
    ? `${JSON.stringify(results)}\n`
    : report(paintFor(host, host.out), results);
  host.out.write(text);
  if (rendered.issues.length > 0) {
    host.err.write(showIssues(paintFor(host, host.err), rendered.issues, 'rendering'));
  }
  return isGood(results) ? ExitCode.done : ExitCode.failure;
}

/**
 * A build would run what the pack writes, so the pack must be trusted. Errors: `UserError`
 * (untrusted pack).
 */
async function refuseDistrust(host: Host, { pack }: Bench, values: Invocation['values']) {
  const distrust = await distrustOf([pack], trustOptions(host, values));
  if (distrust !== null) throw new UserError(ExitCode.untrustedPack, [distrust]);
}

function isGood({ golden, rendered, built }: Results): boolean {
  const hasDifference = golden.some(({ differences }) => differences.length > 0);
  return !hasDifference && rendered.issues.length === 0 && built.every(({ ok }) => ok);
}

async function buildAll(host: Host, bench: Bench): Promise<readonly Built[]> {
  const { specs } = await combinationsOf(bench, true);
  const built: Built[] = [];
  for (const spec of specs) {
    const title = titleOf(bench, spec);
    host.err.write(`building ${built.length + 1} of ${specs.length}: ${title}\n`);
    built.push(await buildCase(bench, spec, title));
  }
  return built;
}

/** The language and the pack's own answers. */
function titleOf({ own }: Bench, { values, additions }: Spec): string {
  const keys = ['language', ...own.questions.map(({ key }) => key)];
  const answers = keys.flatMap((key) => (key in values ? [`${key}=${values[key]}`] : []));
  return [...answers, ...additions.map(({ kind }) => `add ${kind}`)].join(' ');
}

function report(paint: Paint, { golden, rendered, built }: Results): string {
  const lines = [
    ...golden.flatMap((result) => goldenLines(paint, result)),
    `${mark(paint, rendered.issues.length === 0)} ${plural(rendered.cases, 'combination')} rendered` +
      (rendered.complete ? '' : ' (every pair of answers)'),
    ...built.flatMap(({ ok, title, failure }) => [
      `${mark(paint, ok)} built: ${title}`,
      ...failure.map((line) => indent(line, 4)),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function goldenLines(paint: Paint, { name, differences }: GoldenResult): readonly string[] {
  return [
    `${mark(paint, differences.length === 0)} ${name}`,
    ...differences.flatMap(({ path, kind, diff }) => [
      `  ${path}: ${kind}`,
      ...diff.split('\n').map((line) => indent(tint(paint, line), 4)),
    ]),
  ];
}

function tint(paint: Paint, line: string): string {
  if (line.startsWith('+')) return paint.green(line);
  return line.startsWith('-') ? paint.red(line) : paint.dim(line);
}

function mark(paint: Paint, ok: boolean): string {
  return ok ? paint.green('ok') : paint.red('failed');
}
