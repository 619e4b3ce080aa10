/** A fictitious feature (greeting/) in projects of both languages: built, started, queried. */

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { quickBuilds } from '../../scripts/build-environment.ts';
import { engineOf, type Preview } from '../../src/project.ts';
import { greeting, greetingAssets } from './greeting/generator.ts';

const run = promisify(execFile);
const scratch = mkdtempSync(join(tmpdir(), 'feature-'));
const engine = engineOf([
  {
    name: 'greeting',
    version: '1.0.0',
    reference: null,
    generators: [greeting],
    assets: greetingAssets,
  },
]);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function written(language: string): Promise<Preview> {
  const extras = { additions: [{ kind: 'deploy', target: 'kubernetes' }], packs: [], owners: {} };
  const parsed = engine.parse({ name: 'my-server', language }, extras);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const planned = await engine.preview(parsed.spec, join(scratch, language));
  await engine.apply(planned);
  return planned;
}

function fileOf({ tree }: Preview, path: string): string {
  return tree.find((file) => file.path === path)?.text ?? '';
}

interface Told {
  /** Of standard output, up to the listening address. */
  readonly lines: readonly string[];
  readonly stop: () => Promise<Ended>;
}

interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

async function started({ directory, commands }: Preview, ...flags: readonly string[]) {
  const [program = '', ...rest] = commands.start ?? [];
  const child = spawn(program, [...rest, '--listen', '127.0.0.1:0', ...flags], { cwd: directory });
  const errors = text(child.stderr);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines: string[] = [];
  const told = new Promise<Told>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      lines.push(...chunk.toString().trimEnd().split('\n'));
      if (!lines.some((line) => line.startsWith('listening on '))) return;
      resolve({
        lines,
        stop: async () => {
          child.kill('SIGTERM');
          return { code: await ended, errors: await errors };
        },
      });
    });
  });
  return await Promise.race([told, ended.then(async (code) => ({ code, errors: await errors }))]);
}

async function serving(project: Preview, ...flags: readonly string[]): Promise<Told> {
  const outcome = await started(project, ...flags);
  if ('code' in outcome) throw new Error(outcome.errors);
  return outcome;
}

function addressIn(lines: readonly string[], before: string): string {
  const line = lines.find((each) => each.startsWith(before)) ?? '';
  return line.slice(before.length);
}

async function said(address: string): Promise<string> {
  const socket = connect(Number(address.split(':').at(-1)), '127.0.0.1');
  socket.write('hello\n');
  return await text(socket);
}

describe.each(['cpp', 'typescript'])('a feature of one folder, in %s', (language) => {
  test('is built, and takes its steps in their order', { timeout: 900_000 }, async () => {
    const project = await written(language);
    const { directory, commands } = project;
    const readme = fileOf(project, 'README.md');
    expect(readme).toContain('\n## Greetings\n\nThey are cut at `--greeting-limit`.\n');
    const env = { ...process.env, ...quickBuilds(), CCACHE_BASEDIR: scratch };
    for (const command of [commands.install, commands.build]) {
      if (command === null) continue;
      const [program = '', ...rest] = command;
      await run(program, rest, { cwd: directory, env, maxBuffer: 1 << 26 });
    }
    const own = ['--listen-greeting', '127.0.0.1:0'];
    const server = await serving(project, '--greeting-limit', '8', ...own);
    const steps = server.lines.filter((line) => line.startsWith('step '));
    expect(steps).toEqual([
      language === 'cpp' ? 'step greet 2' : 'step greet \\.',
      'step greet again',
      'step welcome 2',
    ]);
    expect(await said(addressIn(server.lines, 'listening for greeting on '))).toBe('good day\n');
    expect(fileOf(project, 'deploy/kubernetes/service.yaml')).toContain('- name: greeting\n');
    if (language === 'cpp') {
      const url = addressIn(server.lines, 'listening on ');
      expect(await (await fetch(`${url}/greeting`)).text()).toBe('good day');
      expect(readme).toContain('libgtest-dev libc6-dev   # Debian, Ubuntu\n');
    }
    const end = await server.stop();
    expect(end.code).toBe(0);
    expect(end.errors).toContain('step cheer \n');
    const failed = await started(project, '--greeting-limit', '3', ...own);
    expect(failed).toMatchObject({ code: 1, errors: expect.stringMatching(/greet/) });
    const tested = async (...flags: readonly string[]) => started(project, '-t', ...own, ...flags);
    const ok = { code: 0, errors: '' };
    expect(await tested('--greeting-loud', '--greeting-name', 'you')).toEqual(ok);
    expect(await tested('--greeting-loud=false', '--greeting-recorder', '[::1]:9')).toEqual(ok);
    const refusals: readonly (readonly [RegExp, ...(readonly string[])])[] = [
      [/--greeting-loud: say whom by --greeting-name\n/, '--greeting-loud'],
      [/--greeting-loud: "maybe": expected true or false/, '--greeting-loud=maybe'],
      [/--greeting-name: evil is greeted by nobody/, '--greeting-name', 'evil'],
      [/--greeting-recorder: "here"/, '--greeting-recorder', 'here'],
      [/--greeting-record: \/none\/here does not exist/, '--greeting-record', '/none/here'],
    ];
    for (const [reason, ...flags] of refusals) {
      expect(await tested(...flags)).toEqual({ code: 2, errors: expect.stringMatching(reason) });
    }
    const file = fileOf(project, 'config/server.toml');
    expect(file).toContain('\ngreeting-loud = false\n');
    expect(file).toContain('\ngreeting-name = ""\n');
    expect(fileOf(project, 'config/server.schema.json')).toContain('"type": "boolean"');
  });
});
