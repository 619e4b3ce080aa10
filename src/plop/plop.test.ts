import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nodePlop from 'node-plop';
import type { NodePlopAPI } from 'plop';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kFastFolder } from '../disk/testing.ts';
import { catalog } from '../project.ts';
import { plopfile } from './plopfile.ts';
import { promptsOf } from './prompts.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
let place = '';
let plop: NodePlopAPI;

beforeEach(async () => {
  place = mkdtempSync(join(kFastFolder, 'hpserver-plop-'));
  plop = await nodePlop('', { destBasePath: place, force: false });
  plopfile(plop);
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function wishOf(name: string): unknown {
  return JSON.parse(readFileSync(join(place, name, 'hpserver.json'), 'utf8')).values;
}

describe('the generator of servers', () => {
  test('writes the project below the destination', async () => {
    const answers = { name: 'shop', language: 'cpp', preset: 'nginx-like' };
    const { changes, failures } = await plop.getGenerator('hpserver').runActions(answers);
    expect(failures).toEqual([]);
    expect(changes).toMatchObject([{ path: expect.stringContaining(join(place, 'shop')) }]);
    expect(wishOf('shop')).toMatchObject({ language: 'cpp', 'concurrency.model': 'sharded' });
  });

  test('takes the answers of those who customise, by their flags', async () => {
    const chosen = { 'io-trigger': 'level', 'concurrency-model': 'single' };
    const answers = { name: 'shop', language: 'cpp', preset: 'customise', ...chosen };
    const { failures } = await plop.getGenerator('hpserver').runActions(answers);
    expect(failures).toEqual([]);
    expect(wishOf('shop')).toMatchObject({ 'io.trigger': 'level', 'concurrency.model': 'single' });
  });

  test('refuses what cannot be with its way out, and writes nothing', async () => {
    const answers = { name: 'shop', language: 'cpp', 'io-trigger': 'both' };
    const { failures } = await plop.getGenerator('hpserver').runActions(answers);
    expect(failures).toMatchObject([{ error: expect.stringMatching(/^io\.trigger: .*Choose/) }]);
    expect(existsSync(join(place, 'shop'))).toBe(false);
  });

  test('refuses a place that is taken', async () => {
    writeFileSync(join(place, 'shop'), 'mine');
    const answers = { name: 'shop', language: 'cpp' };
    const { failures } = await plop.getGenerator('hpserver').runActions(answers);
    expect(failures).toMatchObject([{ error: expect.stringContaining('not a directory') }]);
    expect(readFileSync(join(place, 'shop'), 'utf8')).toBe('mine');
  });

  test('leaves a project alone that is there already', async () => {
    const answers = { name: 'shop', language: 'cpp' };
    await plop.getGenerator('hpserver').runActions(answers);
    const again = { ...answers, language: 'typescript' };
    const { failures } = await plop.getGenerator('hpserver').runActions(again);
    expect(failures).toMatchObject([{ error: expect.stringContaining('regenerate') }]);
    expect(wishOf('shop')).toMatchObject({ language: 'cpp' });
  });

  test('asks for the name first, and nothing of what has one answer only', () => {
    const names = promptsOf(catalog).map(({ name }) => name);
    expect(names[0]).toBe('name');
    expect(names).toContain('preset');
    expect(names).not.toContain('application');
  });

  test('turns down a name with its meaning', async () => {
    const [name] = promptsOf(catalog);
    expect(await name?.validate?.('My Shop')).toContain('lower-case');
    expect(await name?.validate?.('shop')).toBe(true);
  });
});

/** As in a clone: the repository's plopfile, by its command. */
function runPlop(...args: readonly string[]): void {
  const program = join(repository, 'node_modules/.bin/plop');
  execFileSync(program, ['--dest', place, '--no-progress', ...args], { cwd: repository });
}

test('plop itself takes the answers from its command line', () => {
  const basic = ['--name', 'shop', '--language', 'cpp', '--daemon-style', 'foreground'];
  runPlop('hpserver', '--', ...basic, '--preset', 'classroom');
  expect(wishOf('shop')).toMatchObject({ 'concurrency.model': 'single' });
});

describe('a generator that plop has scaffolded', () => {
  test('is told where it belongs', async () => {
    const { changes, failures } = await plop.getGenerator('generator').runActions({ id: 'a-b' });
    expect(failures).toEqual([]);
    expect(changes.at(-1)?.path).toContain("{ aB } from './a-b/generator.ts'");
  });

  test('compiles in its place, and its format and lint are the house’s', () => {
    runPlop('generator', '--', '--id', 'rate-limit');
    for (const name of ['src', 'node_modules', 'package.json', 'biome.json'])
      symlinkSync(repository + name, join(place, name));
    const config = { extends: join(repository, 'tsconfig.json'), include: ['generators'] };
    writeFileSync(join(place, 'tsconfig.json'), JSON.stringify(config));
    const check = ['check', '--error-on-warnings', '--vcs-enabled=false', 'generators'];
    for (const [tool, args] of [['tsc', ['-p', place]] as const, ['biome', check] as const]) {
      const program = join(repository, 'node_modules/.bin', tool);
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: place, encoding: 'utf8' });
      expect(status, stdout + stderr).toBe(0);
    }
  });
});

test('a generator’s name has lower-case words', async () => {
  const prompts = plop.getGenerator('generator').prompts;
  const [id] = Array.isArray(prompts) ? prompts : [];
  expect(await id?.validate?.('rate-limit')).toBe(true);
  expect(await id?.validate?.('../up')).toContain('lower-case');
});
