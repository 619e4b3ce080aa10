/** Installing and building after writing, with a stand-in for CMake. */

import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, runBuilt } from './program.ts';

const root = emptyFolder();

/** A folder for PATH that shadows `cmake` with a script. */
function withCmake(script: string): Readonly<Record<string, string>> {
  const bin = mkdtempSync(join(root, 'bin-'));
  writeFileSync(
    join(bin, 'cmake'),
    `#!/bin/sh\nif [ "$1" = --version ]; then echo cmake version 3.25.1; exit; fi\n${script}\n`,
    { mode: 0o755 },
  );
  return { PATH: `${bin}:${process.env.PATH}` };
}

function create(env: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  const cwd = mkdtempSync(join(root, 'work-'));
  const args = ['app', '--yes', '--language', 'cpp', '--no-git', ...flags];
  return { cwd, ...runBuilt(args, { cwd, env }) };
}

describe('a build that succeeds', () => {
  const { status, err } = create(withCmake('echo compiled'));

  test('ends with 0 and the steps that are left', () => {
    expect(status, err).toBe(0);
    expect(err).toMatch(/build \(\d+ s\)/);
    const [, next = ''] = err.split('Next\n');
    expect(next).toContain('cd app');
    expect(next).toContain('ctest');
    expect(next).not.toContain('cmake');
  });
});

describe('a build that fails', () => {
  const { status, err, cwd } = create(withCmake('echo the first word; echo the last word; exit 3'));

  test('ends with 1 and the last words of the build', () => {
    expect(status).toBe(1);
    expect(err).toContain('the last word');
    expect(err).toContain('the project was written, but');
    expect(err).toContain('create-hpserver doctor');
  });

  test('leaves the project where it is', () => {
    expect(existsSync(join(cwd, 'app/CMakeLists.txt'))).toBe(true);
  });
});

test('with --json nothing is built, and with --build it is', () => {
  const marks = withCmake('touch "$MARK"');
  const built = (...flags: readonly string[]) => {
    const mark = join(mkdtempSync(join(root, 'mark-')), 'built');
    const { status, out } = create({ ...marks, MARK: mark }, ...flags);
    expect(status).toBe(0);
    expect(() => JSON.parse(out)).not.toThrow();
    return existsSync(mark);
  };
  expect(built('--json')).toBe(false);
  expect(built('--json', '--build')).toBe(true);
});

test('without the tools the project is written, and a warning says what the build lacks', () => {
  const bin = join(root, 'bare');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const { status, err, cwd } = create({ PATH: bin });
  expect(status, err).toBe(0);
  expect(err).toMatch(/Not built: .*CMake[\s\S]* missing/);
  expect(err.split('Next\n')[1]).toContain('cmake');
  expect(existsSync(join(cwd, 'app/CMakeLists.txt'))).toBe(true);
});
