/** The guide "Run it for real", followed word for word on a copy of this machine. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quickBuilds } from '../../scripts/build-environment.ts';
import { canLive } from '../additions/package-life.ts';
import { kBin } from '../cli/program.ts';
import { isInstalled } from '../tools.ts';

const kGuide = join(import.meta.dirname, '../../docs/guide/run-it-for-real.md');
const kApart = ['--mount', '--net', '--pid', '--fork'];
const kMark = '@@ block ';
const place = mkdtempSync(join(tmpdir(), 'guide-'));

afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Block {
  readonly commands: string;
  /** What it prints: each is the start of a line. */
  readonly shows: readonly string[];
}

/** What is typed, each with the text below it. */
function blocksOf(text: string): readonly Block[] {
  const fences = [...text.matchAll(/^```(sh|text)\n(.*?)^```$/gms)];
  return fences.flatMap(([, kind, body = ''], index) => {
    if (kind !== 'sh') return [];
    const [, next, shown = ''] = fences[index + 1] ?? [];
    return [{ commands: body, shows: next === 'text' ? shown.trimEnd().split('\n') : [] }];
  });
}

const [make, ...others] = blocksOf(readFileSync(kGuide, 'utf8'));

/** What separates the blocks of output, on its own line. */
function mark(of: number | string): string {
  return `printf '\\n%s\\n' '${kMark}${of}'\n`;
}

/** Runs a script on a copy of this machine, with the project in root's home. */
function live(project: string, script: string): string {
  const path = join(place, 'life.sh');
  writeFileSync(path, script);
  const root = join(place, 'root');
  mkdirSync(root);
  const setUp = `set -e
mount -t tmpfs none ${root}
mkdir ${root}/upper ${root}/work ${root}/root
mount -t overlay -o lowerdir=/,upperdir=${root}/upper,workdir=${root}/work none ${root}/root
mount --rbind /dev ${root}/root/dev
mount -t proc none ${root}/root/proc
mkdir -p ${root}/root/root/shop/build/release
cd ${project}
cp -R config public ${root}/root/root/shop
cp build/release/shop ${root}/root/root/shop/build/release
cp ${path} ${root}/root/mnt/life.sh
ip link set lo up
HOME=/root exec chroot ${root}/root sh /mnt/life.sh`;
  const { stdout, stderr } = spawnSync('unshare', [...kApart, 'sh', '-c', setUp], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout + stderr;
}

describe.skipIf(!canLive() || !isInstalled('useradd'))('the guide "Run it for real"', () => {
  let said: readonly string[] = [];

  beforeAll(() => {
    const [create = '', enter, ...build] = (make?.commands ?? '').trimEnd().split('\n');
    expect(create).toMatch(/^npm create hpserver@latest shop -- /);
    expect(enter).toBe('cd shop');
    const flags = create.split(' -- ')[1]?.split(' ') ?? [];
    const options = {
      cwd: place,
      encoding: 'utf8',
      env: { ...process.env, ...quickBuilds() },
    } as const;
    const made = spawnSync(
      process.execPath,
      [kBin, 'shop', ...flags, '--no-build', '--no-git'],
      options,
    );
    expect(made.status, made.stdout + made.stderr).toBe(0);
    const project = join(place, 'shop');
    const built = spawnSync('sh', ['-ec', build.join('\n')], { ...options, cwd: project });
    expect(built.status, built.stdout + built.stderr).toBe(0);
    const steps = others.map(({ commands }, index) => `${mark(index)}${commands}`);
    // The reader is already root here.
    const head = 'exec 2>&1\nset -eu\nsudo() { "$@"; }\ncd ~/shop\n';
    const output = live(project, `${head}${steps.join('')}${mark('end')}`);
    said = output.split(new RegExp(`^${kMark}.*\n`, 'm')).slice(1);
    expect(output).toContain(`${kMark}end`);
  }, 900_000);

  test.each(others.map((block, index) => ({ ...block, index })))(
    '$commands',
    ({ shows, index }) => {
      const lines = (said[index] ?? '').split('\n').map((line) => line.trimStart());
      for (const shown of shows) {
        expect(
          lines.filter((line) => line.startsWith(shown)),
          said[index],
        ).not.toEqual([]);
      }
    },
  );
});
