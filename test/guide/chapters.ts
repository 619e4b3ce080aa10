/** The guide "One example per chapter": its commands, and the files it points to. */

import { isCommand } from '../../src/cli/commands.ts';
import { codeIn, pageOf } from './page.ts';

export interface Chapter {
  readonly title: string;
  readonly commands: readonly Command[];
  /** Paths below a project created by the commands: `core/hpserver/os/fd.h`. */
  readonly files: readonly string[];
  /** Paths below this repository. */
  readonly ours: readonly string[];
}

export interface Command {
  /** As typed. */
  readonly line: string;
  /** What follows `create-hpserver`. */
  readonly args: readonly string[];
  /** The arguments that created the project in which it is typed; null: it creates one. */
  readonly within: readonly string[] | null;
}

export function chaptersOf(text: string): readonly Chapter[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      const body = lines.join('\n');
      const paths = pathsIn(body);
      return {
        title,
        commands: commandsOf(body),
        files: paths.filter((path) => kOfProject.test(path)),
        ours: paths.filter((path) => !kOfProject.test(path)),
      };
    });
}

const kOfProject = /^(core|src|config|native)\//;

/** A file of a project, or of this repository; not `build/`, which is created later. */
const kPath = /^(core|src|config|native|native-core|docs|test)\/[\w./-]+$/;

function pathsIn(body: string): readonly string[] {
  const prose = body.replace(/^```[\s\S]*?^```$/gm, '');
  return codeIn(prose).filter((code) => kPath.test(code));
}

const kProgram = /^(?:create-hpserver|npm create hpserver@latest) +/;

/** A command that works on a project belongs to the project most recently created before it. */
function commandsOf(body: string): readonly Command[] {
  let made: readonly string[] = [];
  return linesOf(body).map((line) => {
    const words = line.replace(kProgram, '').split(/ +/);
    // npm removes the two dashes, and keeps to itself what comes before them.
    const args = line.startsWith('npm') ? words.filter((word) => word !== '--') : words;
    if (isCommand(args[0] ?? '')) return { line, args, within: made };
    made = args;
    return { line, args, within: null };
  });
}

function linesOf(body: string): readonly string[] {
  const shell = pageOf(body).fences.filter(({ language }) => language === 'sh');
  return shell
    .flatMap(({ code }) => code.replace(/ *\\\n */g, ' ').split('\n'))
    .map((line) => line.replace(/ +#.*$/, '').trim())
    .filter((line) => kProgram.test(line));
}
