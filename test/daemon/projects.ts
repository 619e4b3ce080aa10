/** Classic daemons in both languages, in architectures with threads and with processes. */

import { chmodSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Answers } from '../../src/spec/question.ts';
import { generate, type Project, run } from '../cpp-project/project.ts';

export interface Row {
  readonly name: string;
  readonly language: 'cpp' | 'typescript';
  readonly answers: Answers;
  /** Whether processes serve. */
  readonly hasPool: boolean;
  /** Whether JavaScript workers start after privileges were dropped. */
  readonly hasWorkers: boolean;
}

const kProcesses: Answers = { 'concurrency.model': 'sharded', 'workers.kind': 'process' };
const kReactive: Answers = { 'concurrency.model': 'half-sync-half-reactive' };
const kChroot: Answers = { 'daemon.chroot': true };
const kAdmin: Answers = { 'admin.listen': 'unix' };

export const rows: readonly Row[] = [
  row('cpp', 'threads', kAdmin),
  row('cpp', 'processes', kProcesses),
  row('cpp', 'queue', { ...kReactive, 'io.model': 'io_uring' }),
  row('cpp', 'single', { ...kChroot, 'concurrency.model': 'single' }),
  row('typescript', 'single', { ...kChroot, 'concurrency.model': 'single' }),
  row('typescript', 'threads', kAdmin),
  row('typescript', 'queue', kReactive),
  row('typescript', 'processes', kProcesses),
];

function row(language: Row['language'], architecture: string, answers: Answers): Row {
  return {
    name: `${language}-${architecture}`,
    language,
    answers,
    hasPool: architecture === 'processes',
    hasWorkers: language === 'typescript' && architecture !== 'single',
  };
}

/** The folder with the packages that all of these projects share. */
let installed: string | null = null;

/** Generated and built by its own commands, readable by everyone. Errors: those of the commands. */
export async function built({ name, language, answers }: Row): Promise<Project> {
  const project = await generate(name, {
    language,
    ...answers,
    'daemon.style': 'classic',
    'daemon.notify': true,
  });
  const { commands, directory } = project;
  // The user that a server switches to must be able to read the files.
  chmodSync(dirname(directory), 0o755);
  const packages = join(directory, 'node_modules');
  if (language === 'typescript' && installed !== null) {
    succeed(project, ['cp', '-al', installed, packages]);
  } else {
    succeed(project, commands.install);
  }
  if (existsSync(packages)) installed = packages;
  succeed(project, commands.build);
  return project;
}

function succeed(project: Project, command: readonly string[] | null): void {
  const { status, output } = run(project, command);
  if (status !== 0) throw new Error(output);
}
