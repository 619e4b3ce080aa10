/** The command line from outside: help, plan, report, precedence. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../src/project.ts';
import { flagOf } from '../../src/spec/flag.ts';
import { fastFolder, output, run, runBuilt, treeOf } from './program.ts';

const kQuiet = ['--yes', '--no-build', '--no-git'];

describe('--help', async () => {
  const { status, out, err } = await run(['--help'], { cwd: fastFolder() });

  test('answers on standard output', () => {
    expect(status).toBe(0);
    expect(err).toBe('');
  });

  test('begins with examples', () => {
    expect(out.indexOf('Examples')).toBeLessThan(out.indexOf('--preset'));
  });

  test.each(catalog.questions.map((question) => [flagOf(question), question.kind]))(
    'names --%s',
    (flag, kind) => {
      expect(out).toContain(kind === 'boolean' ? `--[no-]${flag}` : `--${flag}`);
    },
  );

  test.each(catalog.questions.flatMap((question) => question.aliases ?? []))(
    'names the alias --%s',
    (alias) => {
      expect(out).toContain(`--${alias}`);
    },
  );

  test('keeps to 80 columns where there is no terminal', () => {
    const long = out.split('\n').filter((line) => line.length > 80);
    expect(long).toEqual([]);
  });
});

test('--version is that of the package', async () => {
  const manifest = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { readonly version: string };
  expect((await run(['--version'], { cwd: fastFolder() })).out).toBe(`${manifest.version}\n`);
});

describe('--dry-run', () => {
  const folder = fastFolder();

  test('shows every file with its size and writes nothing', async () => {
    const { status, out } = await run(['app', '--yes', '--dry-run'], { cwd: folder });
    expect(status).toBe(0);
    expect(out).toMatch(/^new +\d+ B +hpserver\.json$/m);
    expect(out).toMatch(/\d+ files, .*: \d+ new\. Nothing was written\./);
    expect(treeOf(folder)).toEqual([]);
  });

  test('over a written project points to the command for that, and changes nothing', async () => {
    await run(['app', '--yes', '--no-build', '--no-git'], { cwd: folder });
    const before = treeOf(folder);
    const { status, err } = await run(['app', '--yes', '--language', 'cpp', '--dry-run'], {
      cwd: folder,
    });
    expect(status).toBe(2);
    expect(err).toContain('cd app && create-hpserver regenerate');
    expect(treeOf(folder)).toEqual(before);
  });
});

describe('--json', async () => {
  const folder = fastFolder();
  const { status, out } = await run(['app', '--yes', '--language', 'cpp', '--json'], {
    cwd: folder,
  });
  const report = JSON.parse(out) as Record<string, unknown>;

  test('prints exactly one object', () => {
    expect(status).toBe(0);
    expect(Object.keys(report)).toEqual(['directory', 'files', 'warnings', 'commands']);
    expect(Object.keys(report.commands as object)).toEqual(['install', 'build', 'test', 'start']);
    expect(report.directory).toBe(join(folder, 'app'));
  });

  test('lists the files that were written, with their sizes', () => {
    const files = report.files as { path: string; action: string; bytes: number }[];
    expect(files.length).toBeGreaterThan(0);
    for (const { path, action, bytes } of files) {
      expect(action).toBe('create');
      expect(readFileSync(join(folder, 'app', path)).byteLength).toBe(bytes);
    }
  });

  test('makes a repository with a first commit, or says why not', () => {
    expect(existsSync(join(folder, 'app/.git'))).toBe(true);
  });

  test('does not build: that is for the commands of the report', () => {
    expect(existsSync(join(folder, 'app/build'))).toBe(false);
    expect(existsSync(join(folder, 'app/node_modules'))).toBe(false);
  });
});

describe('git', () => {
  const identity = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b.c',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b.c',
  };

  test('commits everything once', () => {
    const cwd = fastFolder();
    runBuilt(['app', '--yes', '--no-build'], { cwd, env: identity });
    expect(output('git', ['log', '--oneline'], join(cwd, 'app')).trim().split('\n')).toHaveLength(
      1,
    );
    expect(output('git', ['status', '--porcelain'], join(cwd, 'app'))).toBe('');
  });

  test('is left alone inside another repository', () => {
    const cwd = fastFolder();
    output('git', ['init', '--quiet'], cwd);
    runBuilt(['app', '--yes', '--no-build'], { cwd, env: identity });
    expect(existsSync(join(cwd, 'app/hpserver.json'))).toBe(true);
    expect(existsSync(join(cwd, 'app/.git'))).toBe(false);
  });

  test('without an identity warns and succeeds', () => {
    const cwd = fastFolder();
    const env = {
      HOME: cwd,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'user.useConfigOnly',
      GIT_CONFIG_VALUE_0: 'true',
    };
    const { status, err } = runBuilt(['app', '--yes', '--no-build'], { cwd, env });
    expect(status).toBe(0);
    expect(err).toContain('git commit failed');
    expect(existsSync(join(cwd, 'app/hpserver.json'))).toBe(true);
  });
});

describe('the precedence of answers', () => {
  const input =
    '{"language": "typescript", "concurrency": {"model": "single"}, "io.trigger": "level"}';
  const answers = ['--answers', '-', '--preset', 'nginx-like'];

  test.each([
    [
      'a flag over all',
      ['--concurrency', 'half-sync-half-async', '--set', 'concurrency.model=sharded'],
      'half-sync-half-async',
    ],
    ['--set over --answers', ['--set', 'concurrency.model=sharded'], 'sharded'],
    ['--answers over the preset', [], 'single'],
  ])('%s', async (_name, more, model) => {
    const cwd = fastFolder();
    const { err } = await run(['app', ...kQuiet, ...answers, ...more], { cwd, input });
    expect(existsSync(join(cwd, 'app/hpserver.json')), err).toBe(true);
    const { values } = JSON.parse(readFileSync(join(cwd, 'app/hpserver.json'), 'utf8')) as {
      readonly values: Record<string, unknown>;
    };
    expect(values['concurrency.model']).toBe(model);
    expect(values['io.trigger']).toBe('level');
    expect(values['event.pattern']).toBe('reactor');
  });
});

test("a project's own hpserver.json is a file of answers", async () => {
  const cwd = fastFolder();
  await run(['one', ...kQuiet, '--language', 'cpp', '--concurrency', 'sharded'], { cwd });
  const { err } = await run(['two', ...kQuiet, '--answers', 'one/hpserver.json', '--name', 'two'], {
    cwd,
  });
  const wish = (name: string) => readFileSync(join(cwd, name, 'hpserver.json'), 'utf8');
  expect(wish('two'), err).toBe(wish('one').replace('"one"', '"two"'));
});

test('the current folder can be the project', async () => {
  const cwd = join(fastFolder(), 'my-srv');
  output('mkdir', [cwd], '/');
  const { status, err } = await run(['.', ...kQuiet], { cwd });
  expect(status, err).toBe(0);
  expect(readFileSync(join(cwd, 'hpserver.json'), 'utf8')).toContain('"my-srv"');
});

test('next steps are the commands to type', async () => {
  const { err } = await run(['app', ...kQuiet], { cwd: fastFolder() });
  expect(err).toMatch(/Next\n {2}cd app\n/);
});

describe('options --json', async () => {
  const { out } = await run(['options', '--json'], { cwd: fastFolder() });
  const document = JSON.parse(out) as {
    readonly questions: readonly { readonly key: string }[];
    readonly architectures: readonly Record<string, string>[];
  };

  test('has every question', () => {
    expect(document.questions.map(({ key }) => key)).toEqual(
      catalog.questions.map(({ key }) => key),
    );
  });

  test('has every architecture, the refused ones with their reason', () => {
    expect(document.architectures).toHaveLength(catalog.architectures().length);
    for (const { status, reason } of document.architectures) {
      expect(['ok', 'warn', 'refused']).toContain(status);
      expect(reason === '').toBe(status === 'ok');
    }
    const [first] = document.architectures;
    expect(Object.keys(first ?? {})).toEqual(expect.arrayContaining(['language', 'io.model']));
  });
});

test.each([
  ['--io epoll --event proactor', 'a Proactor needs completions'],
  ['--io poll --concurrency per-connection', 'an executor per connection simply blocks'],
  ['--io io_uring --event proactor --concurrency leader-followers', 'a ring has one consumer'],
  ['--concurrency half-sync-half-reactive --workers-kind process', 'the queue needs threads'],
  [
    '--language typescript --io blocking --concurrency per-connection --workers-kind process',
    'V8 does not survive a fork',
  ],
])('%s is refused with its reason and a way out', async (flags, reason) => {
  const { status, err } = await run(['app', ...kQuiet, ...flags.split(' ')], {
    cwd: fastFolder(),
  });
  expect(status).toBe(2);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(reason);
  expect(err).toMatch(/fix: \w.*--[a-z]/s);
});

test('a warning is printed, reported, and kept in the README', async () => {
  const cwd = fastFolder();
  const flags = ['--language', 'cpp', '--io', 'select', '--concurrency', 'leader-followers'];
  const { status, out } = await run(['app', '--yes', '--no-git', ...flags, '--json'], { cwd });
  expect(status).toBe(0);
  const [warning] = (JSON.parse(out) as { readonly warnings: readonly { message: string }[] })
    .warnings;
  expect(warning?.message).toContain('without one-shot events, each event costs a wake-up');
  expect(readFileSync(join(cwd, 'app/README.md'), 'utf8')).toContain('- Without one-shot events');
});

test('explain tells what a choice excludes, and why', async () => {
  const { out } = await run(['explain', 'event.pattern=proactor'], { cwd: fastFolder() });
  expect(out).toContain('a Proactor needs completions');
  expect(out).toMatch(/^ {2}read +the kernel/m);
});

test('a reader that stops early is no failure', () => {
  const script = `"${process.execPath}" "$0" options --json | head -c 10`;
  const bin = new URL('../../dist/bin.js', import.meta.url).pathname;
  expect(output('bash', ['-o', 'pipefail', '-c', script, bin], '/')).toHaveLength(10);
});
