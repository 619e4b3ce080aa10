/** What a command may see and touch of its process. Tests pass their own host. */

export interface Output {
  readonly write: (text: string) => void;
  readonly terminal: boolean;
  readonly columns: number;
}

export interface Host {
  /** The arguments after the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Results: what a script would read. */
  readonly out: Output;
  /** Progress, warnings and errors. */
  readonly err: Output;
  /** Questions can be asked: both ends are terminals that can move a cursor. */
  readonly interactive: boolean;
  readonly readStdin: () => Promise<string>;
  /** What is known about this machine: see spec/machine.ts. */
  readonly machine: () => Promise<Readonly<Record<string, string>>>;
}

/** The real process's host, on this machine. */
export function processHost(machine: Host['machine']): Host {
  const { env, stdin, stdout, stderr } = process;
  return {
    args: process.argv.slice(2),
    env,
    cwd: currentFolder(),
    machine,
    out: output(stdout),
    err: output(stderr),
    interactive: Boolean(stdin.isTTY && stdout.isTTY) && env.TERM !== 'dumb',
    readStdin: async () => {
      const parts: string[] = [];
      stdin.setEncoding('utf8');
      for await (const part of stdin) parts.push(String(part));
      return parts.join('');
    },
  };
}

/** A removed current folder still has a name; commands themselves report that it doesn't exist. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return process.env.PWD ?? '/';
  }
}

function output(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => stream.write(text),
    terminal: stream.isTTY === true,
    columns: stream.columns ?? 80,
  };
}
