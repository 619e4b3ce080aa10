/** The wizard by keyboard, in a real terminal. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, kBin } from './program.ts';
import { type Terminal, terminals } from './terminal.ts';

const root = emptyFolder();
const open = terminals();

interface Setting {
  readonly folder: string;
  readonly terminal: Terminal;
}

interface Options {
  readonly flags?: string;
  readonly size?: readonly [number, number];
  readonly env?: Readonly<Record<string, string>>;
}

function start({
  flags = '--no-build --no-git',
  size = [80, 24],
  env = {},
}: Options = {}): Setting {
  const folder = mkdtempSync(join(root, 'wizard-'));
  const command = `${process.execPath} ${kBin} ${flags}`;
  const [columns, rows] = size;
  return { folder, terminal: open({ command, cwd: folder, columns, rows, env }) };
}

function wishOf(folder: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(folder, 'hpserver.json'), 'utf8');
  return (JSON.parse(text) as { readonly values: Readonly<Record<string, unknown>> }).values;
}

/** The pages of the recommended path, and the keys that lead on from each. */
const kPages: readonly { readonly shows: RegExp; readonly keys: readonly string[] }[] = [
  { shows: /Name\n/, keys: ['Enter'] },
  { shows: /Language\n/, keys: ['Enter'] },
  { shows: /Application\n/, keys: ['Enter'] },
  { shows: /How it runs/, keys: ['Enter'] },
  { shows: /Balanced across all cores/, keys: ['Enter'] },
  { shows: /Ready to generate/, keys: ['Enter'] },
];

async function walk(terminal: Terminal, pages: number): Promise<void> {
  for (const { shows, keys } of kPages.slice(0, pages)) {
    await terminal.shows(shows);
    terminal.press(...keys);
  }
}

describe('the recommended path', () => {
  test.each([
    ['typescript', []],
    ['cpp', ['Down']],
  ])('writes a project for %s', async (language, keys) => {
    const { folder, terminal } = start();
    await terminal.shows('Name');
    terminal.type('shop');
    await terminal.shows('> shop');
    terminal.press('Enter');
    await terminal.shows(/Language\n/);
    terminal.press(...keys, 'Enter');
    await terminal.shows(/Application\n/);
    terminal.press('Enter');
    await terminal.shows('How it runs');
    terminal.press('Enter');
    await terminal.shows('Balanced across all cores');
    terminal.press('Enter');
    await terminal.shows('Ready to generate');
    terminal.press('Enter');
    const screen = await terminal.shows('exit=0');
    expect(screen).toContain('cd shop');
    expect(wishOf(join(folder, 'shop'))).toMatchObject({ name: 'shop', language });
  });
});

test('Esc goes back and forth, and each question remembers its answer', async () => {
  const { folder, terminal } = start();
  await terminal.shows('Name');
  terminal.type('first');
  terminal.press('Enter');
  await terminal.shows(/Language\n/);
  terminal.press('Down', 'Enter');
  await terminal.shows(/Application\n/);
  terminal.press('Escape');
  await terminal.shows(/❯ C\+\+20/);
  terminal.press('Escape');
  await terminal.shows('> first');
  terminal.press('BSpace', 'BSpace', 'BSpace', 'BSpace', 'BSpace');
  terminal.type('second');
  await terminal.shows('> second');
  terminal.press('Enter');
  await terminal.shows(/❯ C\+\+20/);
  terminal.press('Enter');
  await terminal.shows(/Application\n/);
  terminal.press('Enter');
  await terminal.shows('How it runs');
  terminal.press('Enter');
  await terminal.shows('Balanced across all cores');
  terminal.press('Enter');
  await terminal.shows('Ready to generate');
  terminal.press('Enter');
  await terminal.shows('exit=0');
  expect(readdirSync(folder)).toEqual(['second']);
  expect(wishOf(join(folder, 'second')).language).toBe('cpp');
});

describe('Ctrl-C', () => {
  test.each(kPages.map(({ shows }, page) => [page, shows] as const))(
    'at page %i (%s) ends with 130, and nothing is on the disk',
    async (page, shows) => {
      const { folder, terminal } = start();
      await walk(terminal, page);
      await terminal.shows(shows);
      terminal.press('C-c');
      const screen = await terminal.shows('exit=130');
      expect(screen).toMatch(/nothing was written/i);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test('at every question of the long way too', async () => {
    for (let questions = 0; ; questions += 1) {
      const { folder, terminal } = start({ flags: 'app --language cpp --no-build --no-git' });
      await terminal.shows(/Application\n/);
      terminal.press('Enter');
      await terminal.shows('How it runs');
      terminal.press('Enter');
      await terminal.shows('Balanced across all cores');
      terminal.press('Up', 'Enter');
      for (let passed = 0; passed < questions; passed += 1) {
        await terminal.shows(new RegExp(` ${passed + 4} of \\d+`));
        terminal.press('Enter');
      }
      const screen = await terminal.shows(new RegExp(` ${questions + 4} of \\d+`));
      terminal.press('C-c');
      await terminal.shows('exit=130');
      expect(readdirSync(folder)).toEqual([]);
      if (screen.includes('Ready to generate')) break;
    }
  });
});

test.each([0, 1])('Ctrl-D at page %i ends with 130, and nothing is on the disk', async (page) => {
  const { folder, terminal } = start();
  await walk(terminal, page);
  await terminal.shows(kPages[page]?.shows ?? '');
  terminal.press('C-d');
  expect(await terminal.shows('exit=130')).toMatch(/nothing was written/i);
  expect(readdirSync(folder)).toEqual([]);
});

test('a refused choice cannot be taken, and its reason stands on the page', async () => {
  const { terminal } = start({
    flags: 'app --language cpp --application http --daemon-style foreground --io epoll',
  });
  await terminal.shows('Balanced across all cores');
  terminal.press('Up', 'Enter');
  await terminal.shows('epoll trigger');
  terminal.press('Enter');
  await terminal.shows('Event pattern');
  terminal.press('Down');
  await terminal.shows('Not possible: a Proactor needs completions');
  terminal.press('Enter');
  terminal.press('Up', 'Enter');
  await terminal.shows('Concurrency model');
  terminal.press('C-c');
  await terminal.shows('exit=130');
});

test('a wrong name is asked again with the reason, and stays to be mended (U2)', async () => {
  const { folder, terminal } = start();
  mkdirSync(join(folder, 'my-server'));
  writeFileSync(join(folder, 'my-server', 'hpserver.json'), '{}');
  await terminal.shows('Name');
  terminal.type('My Server');
  terminal.press('Enter');
  await terminal.shows('! "My Server" is not a valid name');
  await terminal.shows('> My Server');
  terminal.press('C-u', 'Enter');
  await terminal.shows('is already a project');
  await terminal.shows('my-server-2');
  terminal.press('C-c');
  await terminal.shows('exit=130');
});

test('the five steps follow the cursor', async () => {
  // The list of presets alone fills a smaller terminal.
  const flags = 'app --language cpp --application http --daemon-style foreground';
  const { terminal } = start({ flags, size: [100, 30] });
  await terminal.shows(/accept +the main loop/);
  terminal.press('Down');
  await terminal.shows(/accept +each worker/);
  terminal.press('C-c');
  await terminal.shows('exit=130');
});

test('80 by 24 shows whole pages: nothing scrolls away', async () => {
  const { terminal } = start({ flags: 'app --language cpp' });
  await terminal.shows(/Application\n/);
  terminal.press('Enter');
  await terminal.shows('How it runs');
  terminal.press('Enter');
  // From its first line to its last.
  await terminal.shows(/^create-hpserver {3}Architecture[\s\S]*Ctrl-C quit/);
  terminal.press('C-c');
  await terminal.shows('exit=130');
});

test.each([
  [40, 12],
  [200, 50],
  [30, 10],
])('a window that changes to %i by %i keeps the question', async (columns, rows) => {
  const { folder, terminal } = start({
    flags: 'app --application http --daemon-style foreground --no-build --no-git',
  });
  await terminal.shows(/Language\n/);
  terminal.resize(columns, rows);
  await terminal.shows(/❯ TypeScript/);
  terminal.press('Down');
  const screen = await terminal.shows(/❯ C\+\+20/);
  expect(screen.match(/^Language$/gm)).toHaveLength(1);
  terminal.press('Enter');
  await terminal.shows('❯ Balanced');
  terminal.press('Enter');
  await terminal.shows('❯ Create');
  terminal.press('Enter');
  await terminal.shows('exit=0');
  expect(wishOf(join(folder, 'app')).language).toBe('cpp');
});

test('answers on the command line are not asked again', async () => {
  const { folder, terminal } = start({
    flags:
      'app --language cpp --application http --daemon-style foreground --preset classroom --no-build --no-git',
  });
  await terminal.shows('Ready to generate');
  terminal.press('Enter');
  await terminal.shows('exit=0');
  expect(wishOf(join(folder, 'app'))['concurrency.model']).toBe('single');
});

test('a bad flag is told before any question', async () => {
  const { terminal } = start({ flags: '--langage cpp' });
  const screen = await terminal.shows('exit=2');
  expect(screen).toContain('Did you mean --language?');
});

test('NO_COLOR is respected', async () => {
  const { terminal } = start({ env: { NO_COLOR: '1' } });
  await terminal.shows('Name');
  expect(terminal.colours()).not.toContain('\x1b[');
  terminal.press('C-c');
  await terminal.shows('exit=130');
});

test('without UTF-8 the pages are ASCII', async () => {
  const { terminal } = start({ flags: 'app', env: { LC_ALL: 'C' } });
  const screen = await terminal.shows('> TypeScript');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  expect(screen).toMatch(/^[\x00-\x7f]*$/);
  terminal.press('C-c');
  await terminal.shows('exit=130');
});

test('a terminal that cannot move a cursor is not asked on', async () => {
  const { terminal } = start({ flags: 'app', env: { TERM: 'dumb' } });
  await terminal.shows('exit=2');
});

test('--dry-run ends in the plan', async () => {
  const { folder, terminal } = start({
    flags: 'app --language cpp --application http --daemon-style foreground --dry-run',
  });
  await terminal.shows('Balanced across all cores');
  terminal.press('Enter');
  await terminal.shows('Show the plan');
  terminal.press('Enter');
  await terminal.shows('exit=0');
  expect(existsSync(join(folder, 'app'))).toBe(false);
});

test('a set is chosen by Space, and answered by Enter', async () => {
  const choice = (value: string) => {
    return { value, label: `to ${value}`, tradeoff: 'Why not.', explanation: 'It goes there.' };
  };
  const targets = {
    ...{ kind: 'multi', key: 'alarm.targets', depth: 'basic' },
    ...{ title: 'Alarm targets', help: 'Where?' },
    ...{ default: ['stderr'], choices: ['stderr', 'file', 'syslog'].map(choice) },
  };
  const pack = { name: 'asking', version: '1.0.0', questions: [targets] };
  mkdirSync(join(root, 'asking'));
  writeFileSync(join(root, 'asking', 'hppack.json'), JSON.stringify(pack));
  const { folder, terminal } = start({ flags: '--no-build --no-git --pack ../asking' });
  await walk(terminal, 4);
  await terminal.shows(/Alarm targets\n[\s\S]*to stderr[\s\S]*Space select/);
  terminal.press('Space', 'End', 'Space', 'Enter');
  await terminal.shows(/Balanced across all cores/);
  expect(await terminal.shows(/to syslog/)).not.toContain('to stderr');
  terminal.press('Enter');
  await terminal.shows(/Ready to generate/);
  terminal.press('Enter');
  await terminal.shows(/Wrote \d+ files/);
  expect(wishOf(join(folder, 'my-server'))['alarm.targets']).toEqual(['syslog']);
});
