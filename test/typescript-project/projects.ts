/** Generated TypeScript projects in temporary folders, installed and built as a user would. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { apply, parse, preview } from '../../src/project.ts';
import type { Addition } from '../../src/spec/addition.ts';
import type { Answers } from '../../src/spec/question.ts';

const run = promisify(execFile);

export interface Project {
  readonly directory: string;
  /** Runs one of the project's commands and returns what it printed. Rejects if it fails. */
  readonly run: (command: string, ...args: readonly string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

export async function generate(
  answers: Answers,
  additions: readonly Addition[] = [],
): Promise<Project> {
  const parsed = parse({ name: 'trial', language: 'typescript', ...answers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  const directory = await mkdtemp(join(tmpdir(), 'typescript-project-'));
  await apply(await preview({ ...parsed.spec, additions }, directory));
  return {
    directory,
    run: async (command, ...args) => {
      const options = { cwd: directory, maxBuffer: 64 * 1024 * 1024 };
      const { stdout, stderr } = await run(command, args, options);
      return stdout + stderr;
    },
    remove: () => rm(directory, { recursive: true }),
  };
}
