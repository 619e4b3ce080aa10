/** The package as npm starts it: installed, and run by `npm create` with its real environment. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, kBin } from './program.ts';

/** A folder in which `npm create hpserver` finds this very build, without a registry. */
const folder = emptyFolder();
const home = fileURLToPath(new URL('../..', import.meta.url));
mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
symlinkSync(home, join(folder, 'node_modules/create-hpserver'));
symlinkSync(kBin, join(folder, 'node_modules/.bin/create-hpserver'));
writeFileSync(join(folder, 'package.json'), '{"private": true}\n');

function npm(...args: readonly string[]) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  const { status, stdout, stderr } = spawnSync('npm', [...args], {
    cwd: folder,
    env: { ...Object.fromEntries(own), PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
    encoding: 'utf8',
    input: '',
  });
  return { status, out: stdout, err: stderr };
}

test('flags without -- are noticed, and the corrected command is told', () => {
  const { status, err } = npm('create', 'hpserver', 'app', '--io', 'epoll', '--dry-run');
  expect(status).toBe(2);
  expect(err).toContain('no -- before them');
  expect(err).toMatch(/npm create hpserver@latest -- app epoll .*--dry-run/);
  // node_modules is left out, since it links to this repository, where other tests may be at work.
  expect(readdirSync(folder).sort()).toEqual(['node_modules', 'package.json']);
});

test('flags behind -- arrive', () => {
  const { status, out } = npm('create', 'hpserver', '--', 'app', '--yes', '--dry-run');
  expect(status).toBe(0);
  expect(out).toMatch(/nothing was written/i);
});

test("npm's own --yes is no false alarm", () => {
  const { status, err } = npm('create', '--yes', 'hpserver', 'app');
  expect(status).toBe(2);
  expect(err).toContain('--language typescript|cpp');
  expect(err).not.toContain('no -- before');
});
