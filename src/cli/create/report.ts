/** The machine-readable report of `--json`, and the last words for people. */

import path from 'node:path';
import type { Host } from '../../console/host.ts';
import type { Paint } from '../../console/paint.ts';
import type { Preview } from '../../project.ts';

/** One object, one line: {directory, files, warnings, commands}. */
export function jsonReport(preview: Preview): string {
  const { directory, changes, warnings, commands } = preview;
  const files = changes.map(({ path: file, action, bytes }) => ({ path: file, action, bytes }));
  return `${JSON.stringify({ directory, files, warnings, commands })}\n`;
}

/** What to type next, from the folder in which the command ran. */
export function nextSteps(paint: Paint, host: Host, preview: Preview, built: boolean): string {
  const { install, build, test, start } = preview.commands;
  const folder = path.relative(host.cwd, preview.directory);
  const argvs = built ? [test, start] : [install, build, test, start];
  const steps = argvs.filter((argv) => argv !== null).map(shellWords);
  const commands = folder === '' ? steps : [`cd ${shellWord(folder)}`, ...steps];
  return `\n${paint.bold('Next')}\n${commands.map((command) => `  ${command}\n`).join('')}`;
}

/** The command as one types it: what a shell would be given to run stands for itself. */
export function shellWords(argv: readonly string[]): string {
  const [shell, flag, script, ...more] = argv;
  const isScript = shell === 'sh' && flag === '-c' && more.length === 0;
  return isScript && script !== undefined ? script : argv.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
