/** The machine-readable report of `--json`, and the closing words for people. */

import path from 'node:path';
import type { Host } from '../../../console/host.ts';
import type { Paint } from '../../../console/paint.ts';
import { byNpmClient } from '../../../native/npm-client.ts';
import type { Preview } from '../../../project.ts';

/** One object, one line: {directory, files, warnings, commands}. */
export function jsonReport(preview: Preview): string {
  const { directory, changes, warnings, commands } = preview;
  const files = changes.map(({ path: file, action, bytes }) => ({ path: file, action, bytes }));
  return `${JSON.stringify({ directory, files, warnings, commands })}\n`;
}

/** What to type next, from the folder in which the command ran. */
export function nextSteps(paint: Paint, host: Host, preview: Preview, built: boolean): string {
  const { install, build, test, start } = preview.commands;
  const commands = stepsOf(host, preview, built ? [test, start] : [install, build, test, start]);
  return `\n${paint.bold('Next')}\n${commands.map((command) => `  ${command}\n`).join('')}`;
}

/** The commands left to type: install, unless that is done, and build. */
export function stepsAfter(host: Host, preview: Preview, isInstalled: boolean): readonly string[] {
  const { install, build } = preview.commands;
  return stepsOf(host, preview, isInstalled ? [build] : [install, build]);
}

function stepsOf(
  host: Host,
  { directory }: Preview,
  argvs: readonly (readonly string[] | null)[],
): readonly string[] {
  const own = argvs.filter((argv) => argv !== null);
  const steps = own.map((argv) => shellWords(byNpmClient(argv, host.env)));
  const folder = path.relative(host.cwd, directory);
  return folder === '' ? steps : [`cd ${shellWord(folder)}`, ...steps];
}

/** The command as a user types it: a script passed to a shell is shown without the shell. */
export function shellWords(argv: readonly string[]): string {
  const [shell, flag, script, ...more] = argv;
  const isScript = shell === 'sh' && flag === '-c' && more.length === 0;
  return isScript && script !== undefined ? script : argv.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
