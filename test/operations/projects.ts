/**
 * Projects with every option that protects a server, in both languages: built once, and started.
 */

import { execFile, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import { quickBuilds } from '../../scripts/build-environment.ts';
import { apply, parse, preview } from '../../src/project.ts';
import type { Answers } from '../../src/spec/question.ts';
import { builtOnce, kCoreFolders } from '../built-once.ts';

const run = promisify(execFile);

/** Architectures whose processes and threads share the counters in different ways. */
const kArchitectures: Readonly<Record<string, Answers>> = {
  default: {},
  'sharded processes': { 'concurrency.model': 'sharded', 'workers.kind': 'process' },
  'half-sync/half-reactive': { 'concurrency.model': 'half-sync-half-reactive' },
};

/** Architectures that wait differently, or sleep in every call. */
const kFurther: Readonly<Record<string, Answers>> = {
  'sharded threads, io_uring': { 'concurrency.model': 'sharded', 'io.model': 'io_uring' },
  'a process per connection': {
    ...{ 'io.model': 'blocking', 'concurrency.model': 'per-connection' },
    'workers.kind': 'process',
  },
};

const kGuardsOfBlocking: Answers = {
  'limits.per-ip': true,
  'proxy-protocol': true,
  'request-ids': true,
  'admin.listen': 'loopback',
};

const kGuards: Answers = { ...kGuardsOfBlocking, 'limits.shedding': true };

interface OwnRoutes {
  readonly path: string;
  /** Lines to add to files, each after the given line. */
  readonly lines: Readonly<Record<string, string>>;
}

/**
 * What a user adds: a route that returns its request's id, one that occupies its thread for 5 ms,
 * and one that kills its worker.
 */
const kOwnRoutes: Readonly<Record<Cell['language'], OwnRoutes>> = {
  cpp: {
    path: 'src/routes.cc',
    lines: {
      '#include "routes.h"\n': '\n#include <chrono>\n#include <csignal>\n#include <thread>\n',
      '  hpserver::http::Router router;\n': `  using hpserver::http::Request;
  using hpserver::http::Response;
  router.get("/known", [](Request& request, Response& response) {
    const auto peer = request.peer();
    response.send((peer ? peer->to_string() : "") + " " + std::string(request.id()) + " " +
                  std::string(request.trace_parent()));
  });
  router.get("/work", [](Request&, Response& response) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    response.send("done");
  });
  router.get("/fail", [](Request&, Response&) { std::raise(SIGKILL); });
`,
    },
  },
  typescript: {
    path: 'src/routes.ts',
    lines: {
      'new Routes()\n': `  .get('/known', (request, response) => {
    response.send(\`\${request.peer} \${request.id} \${request.traceParent ?? ''}\`);
  })
  .get('/work', (_request, response) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    response.send('done');
  })
  .get('/fail', () => {
    setImmediate(() => {
      throw new Error('it has failed');
    });
  })
`,
    },
  },
};

export interface Cell {
  readonly language: 'cpp' | 'typescript';
  readonly architecture: string;
}

export const cells: readonly Cell[] = (['cpp', 'typescript'] as const).flatMap((language) =>
  Object.keys(kArchitectures).map((architecture) => ({ language, architecture })),
);

/** Also includes architectures in which one of our questions has a different answer. */
export const allCells: readonly Cell[] = [
  ...cells,
  { language: 'cpp', architecture: 'sharded threads, io_uring' },
  { language: 'typescript', architecture: 'sharded threads, io_uring' },
  { language: 'cpp', architecture: 'a process per connection' },
];

export interface Built {
  readonly directory: string;
  readonly start: readonly string[];
}

const built: z.ZodType<Built> = z.object({ directory: z.string(), start: z.array(z.string()) });

const kCache = resolve(import.meta.dirname, '..', '..', '.cache', 'guarded');

/** `cpp, default` */
export function nameOf({ language, architecture }: Cell): string {
  return `${language}, ${architecture}`;
}

/** Generated, and built by its own commands. Errors: those of the commands. */
export function project({ language, architecture }: Cell): Promise<Built> {
  const home = join(kCache, nameOf({ language, architecture }).replaceAll(/\W+/g, '-'));
  return builtOnce({
    home,
    from: [...kCoreFolders, 'generators', 'src', 'templates'],
    schema: built,
    build: async () => {
      await rm(home, { recursive: true, force: true });
      const own = kArchitectures[architecture] ?? kFurther[architecture];
      const guards = own?.['io.model'] === 'blocking' ? kGuardsOfBlocking : kGuards;
      const answers = { name: 'guarded', language, ...guards, ...own };
      const parsed = parse(answers);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
      const { directory, commands } = await planned(await preview(parsed.spec, home));
      addRoutes(directory, kOwnRoutes[language]);
      for (const command of [commands.install, commands.build]) {
        if (command === null) continue;
        const [program = '', ...rest] = command;
        // ccache records paths relative to this folder, so all projects share their objects.
        const env = { ...process.env, ...quickBuilds(), CCACHE_BASEDIR: kCache };
        await run(program, rest, { cwd: directory, env, maxBuffer: 1 << 26 });
      }
      return { directory, start: [...(commands.start ?? [])] };
    },
  });
}

function addRoutes(directory: string, { path, lines }: OwnRoutes): void {
  const file = join(directory, path);
  let source = readFileSync(file, 'utf8');
  for (const [behind, text] of Object.entries(lines)) {
    if (!source.includes(behind)) throw new Error(`${path} has no "${behind.trim()}"`);
    source = source.replace(behind, () => behind + text);
  }
  writeFileSync(file, source);
}

async function planned<Planned extends Parameters<typeof apply>[0]>(plan: Planned) {
  await apply(plan);
  return plan;
}

export interface Started {
  readonly port: number;
  /** The admin listener's. */
  readonly adminPort: number;
  readonly pid: number;
  /** From both of its streams. */
  readonly lines: readonly string[];
  /** Its exit code after SIGTERM. */
  readonly stop: () => Promise<number | null>;
}

/** Errors: it exits before it listens. */
export async function started(
  { directory, start }: Built,
  ...flags: readonly string[]
): Promise<Started> {
  const [program = '', ...rest] = start;
  const places = ['--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0'];
  const child = spawn(program, [...rest, ...places, ...flags], { cwd: directory });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  let adminPort = 0;
  const port = new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const found = /^listening (on http|for admin on) ?\S*:(\d+)$/.exec(line);
      if (found?.[1] === 'on http') resolve(Number(found[2]));
      else if (found !== null) adminPort = Number(found[2]);
    });
  });
  const failed = ended.then((code) => {
    throw new Error(`it ended with ${code}:\n${lines.join('\n')}`);
  });
  failed.catch(() => {});
  return {
    port: await Promise.race([port, failed]),
    // The server has already printed its address here.
    adminPort,
    pid: child.pid ?? 0,
    lines,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Waits until it holds; only a hang takes that long. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  for (const begun = Date.now(); !(await holds()); ) {
    if (Date.now() - begun > 60_000) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
