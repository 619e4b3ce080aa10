/** What is measured: how each server is started, on which cores and with how many workers. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Begun, begin, freePort } from '../src/load/programs.ts';
import type { RowId } from './rows.ts';

export interface Setting {
  /** A list for taskset(1), or null for any core. */
  readonly cores: string | null;
  readonly workers: number;
  /** The folder of files to serve. */
  readonly root: string;
  /** For configurations and pid files. */
  readonly scratch: string;
}

export interface Started {
  readonly url: string;
  /** 0 for a server that is already running: it has no CPU figures. */
  readonly pid: number;
  readonly end: () => void;
}

export interface Server {
  readonly name: string;
  readonly rows: readonly RowId[];
  readonly start: (setting: Setting) => Promise<Started>;
}

export const everything: readonly RowId[] = [
  ...([
    'tiny',
    'pipelined',
    'file-1k',
    'file-100k',
    'file-10m',
    'connect',
    'many',
    'idle',
  ] as const),
];
const withoutFiles: readonly RowId[] = ['tiny', 'pipelined', 'connect', 'many', 'idle'];

function pinned(setting: Setting, argv: readonly string[]): readonly string[] {
  return setting.cores === null ? argv : ['taskset', '-c', setting.cores, ...argv];
}

/** A server that prints `listening on URL`. */
export async function printing(
  argv: readonly string[],
  cwd: string,
  setting: Setting,
): Promise<Started> {
  const pattern = /listening on (http:\/\/\S+?)\/?\s/i;
  const begun = await begin(pinned(setting, argv), cwd, (output) => pattern.test(output));
  return { url: pattern.exec(begun.output())?.[1] ?? '', pid: begun.pid, end: begun.end };
}

/** A server that is given its port and prints nothing: ready once it accepts. */
async function silent(argv: readonly string[], port: number, setting: Setting): Promise<Started> {
  const begun: Begun = await begin(pinned(setting, argv), setting.scratch, () => true);
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries += 1) {
    const answered = await fetch(`${url}/plaintext`).then(
      () => true,
      () => false,
    );
    if (answered) return { url, pid: begun.pid, end: begun.end };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  begun.end();
  throw new Error(`${argv.join(' ')} doesn't answer on ${url}\n${begun.output()}`);
}

/** A generated project, and how it is started. */
export interface Project {
  readonly name: string;
  /** The `start` command of its report, and where to run it. */
  readonly start: readonly string[];
  readonly directory: string;
  readonly rows: readonly RowId[];
  /** Flags beyond those that every generated project gets. */
  readonly flags: (setting: Setting) => readonly string[];
}

export function generated({ name, start, directory, rows, flags }: Project): Server {
  return {
    name,
    rows,
    start: (setting) => {
      const all = [
        ...['--listen', '127.0.0.1:0', '--workers', String(setting.workers)],
        ...['--root', setting.root, '--max-connections', '16384'],
        ...['--idle-timeout-ms', '600000', '--log-level', 'warn'],
        ...flags(setting),
      ];
      return printing([...start, ...all], directory, setting);
    },
  };
}

export const nginx: Server = {
  name: 'nginx',
  rows: everything,
  start: async (setting) => {
    const port = await freePort();
    const path = join(setting.scratch, `nginx-${port}.conf`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `  ${name}_temp_path ${setting.scratch}/${name};`,
    );
    writeFileSync(
      path,
      `daemon off;
user root;
worker_processes ${setting.workers};
worker_rlimit_nofile 20000;
pid ${setting.scratch}/nginx-${port}.pid;
error_log stderr crit;
events { worker_connections 16384; }
http {
${temporary.join('\n')}
  access_log off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  default_type application/octet-stream;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    root ${setting.root};
    location = /plaintext { default_type text/plain; return 200 "Hello, World!"; }
  }
}
`,
    );
    return silent(['nginx', '-p', setting.scratch, '-c', path], port, setting);
  },
};

export const haproxy: Server = {
  name: 'haproxy',
  // Not `idle`: it needs two descriptors for each potential connection.
  rows: withoutFiles.filter((row) => row !== 'idle'),
  start: async (setting) => {
    const port = await freePort();
    const path = join(setting.scratch, `haproxy-${port}.cfg`);
    writeFileSync(
      path,
      `global
  maxconn 4096
  nbthread ${setting.workers}
defaults
  mode http
  timeout client 600s
  timeout http-keep-alive 600s
  timeout http-request 600s
frontend plaintext
  bind 127.0.0.1:${port} backlog 4096
  http-request return status 200 content-type text/plain string "Hello, World!"
`,
    );
    return silent(['haproxy', '-db', '-f', path], port, setting);
  },
};

/** One process, whatever the number of workers: most people run Node.js that way. */
function nodePeer(name: string, rows: readonly RowId[]): Server {
  const script = join(import.meta.dirname, 'peers', `${name}.ts`);
  return {
    name,
    rows,
    start: (setting) =>
      printing(
        [process.execPath, '--import', 'tsx', script, setting.root],
        import.meta.dirname,
        setting,
      ),
  };
}

export const nodeHttp: Server = nodePeer('node-http', everything);
export const fastify: Server = nodePeer('fastify', withoutFiles);

/**
 * A peer from the user: `name=http://…` is already running, `name=COMMAND` is started with {port},
 * {root} and {workers} filled in.
 */
export function against(text: string): Server {
  const [, name, target] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || target === undefined) {
    throw new Error(`--against ${text}: give name=http://… or name="command {port} {root}"`);
  }
  if (/^http:\/\//.test(target)) {
    const started = { url: target.replace(/\/$/, ''), pid: 0, end: () => {} };
    return { name, rows: everything, start: () => Promise.resolve(started) };
  }
  return {
    name,
    rows: everything,
    start: async (setting) => {
      const port = await freePort();
      const values = { port, root: setting.root, workers: setting.workers };
      const line = target.replace(/\{(port|root|workers)\}/g, (_, key: keyof typeof values) =>
        String(values[key]),
      );
      return silent(['sh', '-c', `exec ${line}`], port, setting);
    },
  };
}
