/** `create-hpserver pack lint DIRECTORY`. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { plural } from '../../console/text.ts';
import { ExitCode } from '../../error.ts';
import { lintPack } from '../../pack/check/lint/lint-pack.ts';
import { readInvocation } from '../command.ts';
import { showIssues } from '../issues.ts';
import { onBench } from './on-bench.ts';
import type { PackEngine } from './pack-engine.ts';
import { packLintSyntax } from './syntax.ts';

/** Exit code 1 if a fault is found. */
export async function packLint(host: Host, engine: PackEngine): Promise<ExitCode> {
  const invocation = readInvocation(host, packLintSyntax);
  if (invocation === null) return ExitCode.done;
  const bench = await onBench(host, engine, invocation, packLintSyntax);
  const { issues, cases, complete } = await lintPack(bench);
  const code = issues.length === 0 ? ExitCode.done : ExitCode.failure;
  const { name, version } = bench.pack;
  if (invocation.values.has('json')) {
    host.out.write(`${JSON.stringify({ name, version, cases, complete, issues })}\n`);
    return code;
  }
  if (issues.length > 0) host.err.write(showIssues(paintFor(host, host.err), issues, 'lint'));
  const looked = `${plural(cases, 'combination')} of answers${complete ? '' : ' (every pair)'}`;
  if (code === ExitCode.done) host.out.write(`${name} ${version} passed: ${looked}.\n`);
  return code;
}
