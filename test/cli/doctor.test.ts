/** The doctor on this machine, and on one where everything is missing. */

import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runBuilt } from './program.ts';

const cwd = emptyFolder();

test('on a machine that can run these tests nothing is missing', () => {
  const { status, out } = runBuilt(['doctor', '--for', 'tests', '--json'], { cwd });
  const { findings, kernel } = JSON.parse(out) as {
    readonly findings: readonly { readonly name: string; readonly status: string }[];
    readonly kernel: readonly { readonly name: string }[];
  };
  expect(findings.filter((finding) => finding.status !== 'ok')).toEqual([]);
  expect(findings.map(({ name }) => name)).toEqual(expect.arrayContaining(['tmux', 'strace']));
  expect(kernel.map(({ name }) => name)).toContain('io_uring');
  expect(status).toBe(0);
});

test('on a bare machine it names what is missing with the command to install it, exit 1', () => {
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const { status, out } = runBuilt(['doctor'], { cwd, env: { PATH: bin } });
  expect(status).toBe(1);
  expect(out).toMatch(/missing, required +CMake 3\.22 or newer/);
  expect(out).toMatch(/missing, required +a C\+\+20 compiler/);
  expect(out).toMatch(/missing, advised +git/);
  expect(out).toMatch(
    /apt-get install .*cmake|dnf install .*cmake|pacman -S .*cmake|apk add .*cmake/,
  );
});
