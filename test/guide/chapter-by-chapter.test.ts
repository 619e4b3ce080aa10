/** "One example per chapter": its commands are accepted, and the files it mentions exist. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { kFastFolder } from '../../src/disk/testing.ts';
import { run } from '../cli/program.ts';
import { kRoot } from '../tidy/sources.ts';
import { type Command, chaptersOf } from './chapters.ts';

const kQuiet = ['--yes', '--no-build', '--no-git'];
const place = mkdtempSync(join(kFastFolder, 'chapters-'));
const empty = join(place, 'empty');
mkdirSync(empty);

afterAll(() => rmSync(place, { recursive: true, force: true }));

const guide = readFileSync(join(kRoot, 'docs/guide/chapter-by-chapter.md'), 'utf8');
const chapters = chaptersOf(guide).filter(({ title }) => title.startsWith('Chapter '));

test('each chapter of the book from 5 to 13 has its commands and its files', () => {
  const numbers = chapters.map(({ title }) => Number(title.match(/^Chapter (\d+):/)?.[1]));
  expect(numbers).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13]);
  expect(chapters.filter(({ commands }) => commands.length < 2)).toEqual([]);
  expect(chapters.filter(({ files }) => files.length < 3)).toEqual([]);
});

interface Plan {
  readonly status: number | null;
  readonly err: string;
  readonly files: readonly { readonly path: string; readonly action: string }[];
}

/** The plan of what a command would do, without doing it. */
async function planOf(args: readonly string[], cwd: string): Promise<Plan> {
  const { status, out, err } = await run([...args, '--dry-run', '--json'], { cwd });
  if (status !== 0) return { status, err, files: [] };
  return { status, err, files: JSON.parse(out).files };
}

const projects = new Map<string, Promise<string>>();

/** A project in memory, for commands typed inside one. */
function projectOf(args: readonly string[]): Promise<string> {
  const key = args.join(' ');
  const project = projects.get(key) ?? write(args);
  projects.set(key, project);
  return project;
}

async function write(args: readonly string[]): Promise<string> {
  const cwd = mkdtempSync(join(place, 'project-'));
  const { status, err } = await run([...args, ...kQuiet], { cwd });
  expect(status, err).toBe(0);
  return join(cwd, args[0] ?? '');
}

async function planned({ args, within }: Command): Promise<Plan> {
  return planOf(args, within === null ? empty : await projectOf(within));
}

describe.each(chapters)('$title', ({ commands, files, ours }) => {
  const plans = new Map<Command, Plan>();

  test.each(commands)('$line', async (command) => {
    const plan = await planned(command);
    plans.set(command, plan);
    expect(plan.status, plan.err).toBe(0);
    const changes = plan.files.filter(({ action, path }) => {
      return action !== 'unchanged' && path !== 'hpserver.json';
    });
    expect(changes).not.toEqual([]);
    expect(readdirSync(empty)).toEqual([]);
  });

  test('the files that it sends its reader to are there', () => {
    const planned = [...plans.values()].flatMap((plan) => plan.files.map(({ path }) => path));
    expect(files.filter((path) => !planned.includes(path))).toEqual([]);
    expect(ours.filter((path) => !existsSync(join(kRoot, path)))).toEqual([]);
  });
});

describe('a command that has rotted is found', () => {
  const section = (line: string) => `## Chapter 1: One\n\n\`\`\`sh\n${line}\n\`\`\`\n`;

  test.each([
    ['a flag', 'create-hpserver one --yes --concurency single', 'there is no flag --concurency'],
    ['a choice', 'npm create hpserver@latest one -- --yes --io kqueue', '"kqueue" is not a choice'],
    ['a preset', 'create-hpserver one --yes --preset chapter-8', 'chapter-8'],
    ['a combination', 'create-hpserver one --yes --io aio --event reactor', 'event.pattern'],
  ])('%s', async (_, line, said) => {
    const [command] = chaptersOf(section(line))[0]?.commands ?? [];
    expect(command?.line).toBe(line);
    const { status, err } = await planOf(command?.args ?? [], empty);
    expect(status).toBe(2);
    expect(err).toContain(said);
  });

  test('within a project', async () => {
    const lines = 'create-hpserver one --yes\ncreate-hpserver regenerate --io kqueue  # no';
    const [, second] = chaptersOf(section(lines))[0]?.commands ?? [];
    expect(second).toEqual({
      line: 'create-hpserver regenerate --io kqueue',
      args: ['regenerate', '--io', 'kqueue'],
      within: ['one', '--yes'],
    });
  });
});
