/** `create-hpserver doctor`: what this machine lacks, and how to get it. */

import type { Host } from '../../console/host.ts';
import { type Paint, paintFor, spell } from '../../console/paint.ts';
import { columns } from '../../console/text.ts';
import { ExitCode, UserError } from '../../error.ts';
import { type Distribution, distribution } from '../../native/distribution.ts';
import { adviceFor, installSteps, missingPackages, rootPrefix } from '../../native/install.ts';
import { type KernelFeature, kernelFeatures } from '../../native/kernel.ts';
import { type Finding, probeAll } from '../../native/probe.ts';
import { type Purpose, requirements } from '../../native/requirements.ts';
import { runCommand } from '../../native/run-command.ts';
import { type CommandSyntax, readInvocation } from '../command.ts';
import { kDoctorFlags } from './flags.ts';

export const doctorSyntax: CommandSyntax = {
  program: 'create-hpserver doctor',
  operand: '',
  summary: 'Checks this machine for the tools a build needs, and says how to install them.',
  flags: kDoctorFlags,
};

interface Diagnosis {
  readonly purpose: Purpose;
  readonly distribution: Distribution;
  readonly findings: readonly Finding[];
  readonly kernel: readonly KernelFeature[];
}

/** Exit code 1 if something required is missing. */
export async function doctor(host: Host): Promise<ExitCode> {
  const invocation = readInvocation(host, doctorSyntax);
  if (invocation === null) return ExitCode.done;
  const purpose = purposeOf(invocation.values.get('for'));
  const before = await diagnose(purpose);
  const cured = invocation.values.has('fix') && (await cure(host, before));
  const diagnosis = cured ? await diagnose(purpose) : before;
  const paint = paintFor(host, host.out);
  const json = invocation.values.has('json');
  host.out.write(json ? `${JSON.stringify(document(diagnosis))}\n` : report(paint, diagnosis));
  return isHealthy(diagnosis) ? ExitCode.done : ExitCode.failure;
}

function purposeOf(value: unknown): Purpose {
  if (value === undefined || value === 'user') return 'user';
  if (value === 'tests') return 'tests';
  const message = `--for does not accept "${value}"`;
  throw new UserError(ExitCode.usage, [
    { at: '--for', message, fix: 'Use --for user or --for tests.' },
  ]);
}

async function diagnose(purpose: Purpose): Promise<Diagnosis> {
  const [machine, findings, kernel] = await Promise.all([
    distribution(),
    probeAll(requirements, purpose),
    kernelFeatures(),
  ]);
  return { purpose, distribution: machine, findings, kernel };
}

function isHealthy({ findings, purpose }: Diagnosis): boolean {
  return findings.every(
    ({ status, requirement }) => status === 'ok' || requirement.needs[purpose] !== 'required',
  );
}

function document({ purpose, distribution: machine, findings, kernel }: Diagnosis): object {
  return {
    purpose,
    distribution: machine,
    findings: findings.map(({ requirement, status, found }) => ({
      name: requirement.name,
      need: requirement.needs[purpose],
      why: requirement.why,
      status,
      found,
      packages: machine.packager === null ? null : requirement.packages[machine.packager],
    })),
    kernel,
  };
}

function report(paint: Paint, diagnosis: Diagnosis): string {
  const { findings, kernel, distribution: machine, purpose } = diagnosis;
  const rows = findings.map(({ requirement, status, found }) => [
    `  ${status === 'ok' ? 'ok' : `${status}, ${requirement.needs[purpose]}`}`,
    requirement.name,
    status === 'ok' ? found : requirement.why,
  ]);
  const lines = columns(rows).map((line, at) => tint(paint, findings[at]?.status, line));
  const features = columns(kernel.map(({ name, status, detail }) => [`  ${status}`, name, detail]));
  const advice = adviceFor(findings, machine.packager).map((line) => `  ${line}`);
  const text = [
    paint.bold(machine.title),
    ...lines,
    '',
    paint.bold('Kernel'),
    ...features,
    ...(advice.length === 0 ? [] : ['', paint.bold('Install what is missing'), ...advice]),
    '',
  ];
  return spell(paint, text.join('\n'));
}

function tint(paint: Paint, status: Finding['status'] | undefined, line: string): string {
  return status === 'ok' ? line : paint.yellow(line);
}

/**
 * Installs what is missing; false if there was nothing it could try. Errors: `UserError` (failure).
 */
async function cure(host: Host, diagnosis: Diagnosis): Promise<boolean> {
  const { packager } = diagnosis.distribution;
  const packages = packager === null ? [] : missingPackages(diagnosis.findings, packager);
  if (packager === null || packages.length === 0) return false;
  const steps = installSteps(packager, packages);
  const prefix = await rootPrefix();
  if (prefix === null) {
    const fix = steps.map(({ shown }) => `sudo ${shown}`).join(' && ');
    const message = 'installing needs root, and sudo asks for a password here';
    throw new UserError(ExitCode.failure, [{ at: '--fix', message, fix }]);
  }
  for (const { argv, shown } of steps) {
    host.err.write(`+ ${[...prefix, shown].join(' ')}\n`);
    const say = (line: string) => host.err.write(`  ${line}\n`);
    const { status } = await runCommand([...prefix, ...argv], '/', say);
    if (status === 0) continue;
    const message = `"${shown}" failed; its last lines of output are above`;
    throw new UserError(ExitCode.failure, [
      { at: '--fix', message, fix: 'Fix the cause, then run it again.' },
    ]);
  }
  return true;
}
