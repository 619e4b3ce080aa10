/** `npm run demo`: the default server from nothing to its first answer, in ./demo. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Report {
  readonly directory: string;
  readonly commands: Record<'install' | 'build' | 'test' | 'start', readonly string[] | null>;
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
must(run(['npm', 'run', '--silent', 'build']));
// An existing demo may have been edited: it is started, not written again.
const report = existsSync('demo') ? describe() : generate();
for (const command of [report.commands.install, report.commands.build]) {
  if (command !== null) must(run(command, report.directory));
}
start(report);

function describe(): Report {
  return reportOf(['--dry-run']);
}

function generate(): Report {
  return reportOf(['--no-git']);
}

function reportOf(flags: readonly string[]): Report {
  const argv = ['dist/bin.js', 'demo', '--yes', '--language', 'typescript', '--json', ...flags];
  const { stdout } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(stdout) as Report;
}

function run([program, ...args]: readonly string[], cwd = '.'): boolean {
  console.log(`== ${program} ${args.join(' ')}`);
  return spawnSync(program ?? '', args, { cwd, stdio: 'inherit' }).status === 0;
}

function must(succeeded: boolean): void {
  if (!succeeded) process.exit(1);
}

function start({ commands, directory }: Report): void {
  const [program = '', ...args] = commands.start ?? [];
  const server = spawn(program, args, { cwd: directory, stdio: ['inherit', 'pipe', 'inherit'] });
  server.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    const url = /listening on (http:\S+)/.exec(chunk.toString())?.[1];
    if (url !== undefined) console.log(`try it:  curl -i ${url}/plaintext\nCtrl-C ends it`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
