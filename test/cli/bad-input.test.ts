/** Every kind of bad input: its exit code, its message, and that the disk is unchanged. */

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fastFolder, type Run, run, treeOf } from './program.ts';

const root = fastFolder();

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly status: number;
  /** Texts that standard error must contain. */
  readonly says: readonly (string | RegExp)[];
  readonly files?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const kYes = ['--yes', '--no-build', '--no-git'];

const cases: readonly Case[] = [
  {
    name: 'no terminal and no answers: the exact flags that are missing',
    args: [],
    status: 2,
    says: ['DIRECTORY', '--language typescript|cpp', '--yes'],
  },
  {
    name: 'no terminal and a directory only',
    args: ['app'],
    status: 2,
    says: ['--language typescript|cpp', 'no terminal'],
  },
  {
    name: 'an unknown flag, with what was meant',
    args: ['app', '--langage', 'cpp', ...kYes],
    status: 2,
    says: ['there is no flag --langage', 'Did you mean --language?'],
  },
  {
    name: 'a flag without its value',
    args: ['app', '--yes', '--language'],
    status: 2,
    says: ['--language needs a value', '--language typescript|cpp'],
  },
  {
    name: 'a switch with a value',
    args: ['app', '--yes=no'],
    status: 2,
    says: ['--yes takes no value'],
  },
  {
    name: 'a value that is no choice',
    args: ['app', '--language', 'rust', ...kYes],
    status: 2,
    says: ['"rust"', 'typescript, cpp'],
  },
  {
    name: 'a number out of its range',
    args: ['app', '--workers', '-1', ...kYes],
    status: 2,
    says: ['workers.size', '1 to 1024'],
  },
  {
    name: 'answers that contradict each other',
    args: ['app', '--io', 'epoll', '--event', 'proactor', ...kYes],
    status: 2,
    says: ['a Proactor needs completions', '--event-pattern reactor'],
  },
  {
    name: 'one question answered twice',
    args: ['app', '--language', 'cpp', '--lang', 'typescript', ...kYes],
    status: 2,
    says: ['contradict each other'],
  },
  {
    name: 'a flag and its opposite',
    args: ['app', '--git', '--no-git', '--yes'],
    status: 2,
    says: ['--git and --no-git contradict each other'],
  },
  {
    name: 'an unknown key by --set',
    args: ['app', '--set', 'io.modle=epoll', ...kYes],
    status: 2,
    says: ['there is no question "io.modle"', 'Did you mean "io.model"?'],
  },
  {
    name: 'a --set without a value',
    args: ['app', '--set', 'io.model', ...kYes],
    status: 2,
    says: ['is not KEY=VALUE'],
  },
  {
    name: 'an unknown key in the answers',
    args: ['app', '--answers', '-', ...kYes],
    input: '{"langauge": "cpp"}',
    status: 2,
    says: ['there is no question "langauge"', 'Did you mean "language"?'],
  },
  {
    name: 'answers that are no JSON',
    args: ['app', '--answers', 'wish.json', ...kYes],
    files: { 'wish.json': '{"language": cpp}' },
    status: 2,
    says: ['this is not valid JSON'],
  },
  {
    name: 'answers that are a list',
    args: ['app', '--answers', '-', ...kYes],
    input: '["cpp"]',
    status: 2,
    says: ['not a JSON object'],
  },
  {
    name: 'an answer both nested and dotted',
    args: ['app', '--answers', '-', ...kYes],
    input: '{"io": {"model": "epoll"}, "io.model": "poll"}',
    status: 2,
    says: ['"io.model" is given twice'],
  },
  {
    name: 'a prototype in place of an answer',
    args: ['app', '--answers', '-', ...kYes],
    input: '{"__proto__": "cpp"}',
    status: 2,
    says: ['"__proto__"'],
  },
  {
    name: 'a file of answers that is not there',
    args: ['app', '--answers', 'nowhere.json', ...kYes],
    status: 2,
    says: ['nowhere.json (ENOENT)'],
  },
  {
    name: 'an unknown preset',
    args: ['app', '--preset', 'clasroom', ...kYes],
    status: 2,
    says: ['there is no preset "clasroom"', 'classroom'],
  },
  {
    name: 'a second directory',
    args: ['app', 'second', ...kYes],
    status: 2,
    says: ['unexpected argument "second"'],
  },
  {
    name: 'a command that does not come first',
    args: ['--yes', 'doctor'],
    status: 2,
    says: ['"doctor" is a command', './doctor'],
  },
  {
    name: 'a name that leads out',
    args: ['--name', '../app', ...kYes],
    status: 2,
    says: ['"../app" is not a valid name'],
  },
  {
    name: 'a name that is not npm-safe',
    args: ['My_App', ...kYes],
    status: 2,
    says: ['"My_App" is not a valid name', 'lower-case', '--name my-app'],
  },
  {
    name: 'a directory whose name is none, anywhere',
    args: ['../naïve服务', ...kYes],
    status: 2,
    says: ['such as naive', '--name naive'],
  },
  {
    name: 'a name that CMake keeps for itself',
    args: ['app', '--name', 'test', ...kYes],
    status: 2,
    says: ['name'],
  },
  {
    name: 'a name that is too long',
    args: ['a'.repeat(200), ...kYes],
    status: 2,
    says: ['64 are allowed'],
  },
  {
    name: 'a folder with a file of that name',
    args: ['app', ...kYes],
    files: { 'app/README.md': 'mine' },
    status: 3,
    says: ['your own file is already there', 'README.md'],
  },
  {
    name: 'a file where the folder should be',
    args: ['app', ...kYes],
    files: { app: 'mine' },
    status: 1,
    says: ['ENOTDIR'],
  },
  {
    name: 'flags that npm kept, because -- was forgotten',
    args: ['app', 'epoll'],
    env: npmEnvironment({ npm_config_io: 'true', npm_config_dry_run: 'true' }),
    status: 2,
    says: ['no -- before them', '-- app epoll', '--dry-run'],
  },
  {
    name: 'an explanation of what is not there',
    args: ['explain', 'io.modle'],
    status: 2,
    says: ['there is no question, choice or preset "io.modle"', 'Did you mean io.model?'],
  },
  {
    name: 'an unknown flag of a command',
    args: ['options', '--jason'],
    status: 2,
    says: ['there is no flag --jason', '--json'],
  },
  {
    name: 'a shell without a script',
    args: ['completion', 'tcsh'],
    status: 2,
    says: ['"tcsh"', 'completion bash'],
  },
  {
    name: 'a purpose that doctor does not know',
    args: ['doctor', '--for', 'fun'],
    status: 2,
    says: ['"fun"', '--for user or --for tests'],
  },
];

describe.each(cases)('$name', async (row) => {
  const folder = mkdtempSync(join(root, 'case-'));
  for (const [file, text] of Object.entries(row.files ?? {})) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const before = treeOf(folder);
  const { input = '', env = {} } = row;
  const result: Run = await run(row.args, { cwd: folder, input, env });

  test(`exits ${row.status} and says what, why and the way out`, () => {
    expect(result.status, result.err).toBe(row.status);
    const said = result.err.replace(/\s+/g, ' ');
    for (const part of row.says) expect(said).toMatch(part);
    expect(said).toContain('fix:');
    expect(result.out).toBe('');
  });

  test('leaves the disk as it was', () => {
    expect(treeOf(folder)).toEqual(before);
  });
});

test('all problems of a command line come at once', async () => {
  const args = ['app', 'more', '--langage', 'cpp', '--workers', '0', '--set', 'x', '--preset', 'q'];
  const { status, err } = await run(args, { cwd: root });
  expect(status).toBe(2);
  const parts = ['"more"', '--langage', 'workers.size', '"x"', 'preset "q"'];
  for (const part of parts) expect(err).toContain(part);
});

test('with --json the problems are one JSON object', async () => {
  const { status, out } = await run(['app', '--nope', '--yes', '--json'], { cwd: root });
  expect(status).toBe(2);
  const report: unknown = JSON.parse(out);
  expect(report).toMatchObject({ exitCode: 2, issues: [{ at: '--nope' }] });
});

/** The environment in which `npm create hpserver` starts its program. */
function npmEnvironment(more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { npm_command: 'init', npm_lifecycle_event: 'npx', ...more };
}
