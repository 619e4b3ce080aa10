/**
 * The suite itself: a server that keeps every promise passes, and every broken promise is noticed.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from './server.ts';
import { runBlackbox } from './suite.ts';

const cwd = mkdtempSync(join(tmpdir(), 'reference-'));

/** Built once: it is started dozens of times, and a compiling loader takes a second each time. */
beforeAll(() => {
  const entry = join(import.meta.dirname, 'fixtures', 'reference', 'main.ts');
  const outfile = join(cwd, 'reference.mjs');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function reference(flaw: string): Target {
  const start = [process.execPath, 'reference.mjs'];
  return { name: 'reference', cwd, start: flaw === '' ? start : [...start, '--flaw', flaw] };
}

/** A flaw of the reference server, and one check that must fail because of it. */
const flaws: readonly (readonly [flaw: string, group: string, check: string])[] = [
  ['no-half-close', 'connections', 'a half-closed client gets the whole reply'],
  ['abrupt', 'lifecycle', 'SIGTERM under file load fails no request'],
  ['no-lingering', 'connections', 'a client that is still sending receives its 413 and no reset'],
  ['takes-bare-lf', 'framing', 'a header line that ends in LF'],
  ['forgets-heads', 'messages', 'GET /plaintext, cut at every byte'],
  ['forgets-heads', 'messages', 'GET /plaintext, byte by byte'],
  ['no-date', 'messages', 'GET /json'],
  ['head-with-body', 'files', 'HEAD of a file'],
  ['follows-links', 'files', '/escape-link stays inside'],
];

describe('the suite', () => {
  // The reference server is simple, and a machine that stalls upsets its drains, so failed checks
  // are run again.
  let again: ReadonlySet<string> | null = null;
  it('passes a server that keeps the contract', { retry: 2 }, async () => {
    const isWanted = (name: string): boolean =>
      again === null ? !name.includes('cut at every byte') : again.has(name);
    const results = await runBlackbox(reference(''), {
      only: [],
      matches: isWanted,
      ownServers: true,
    });
    if (again === null) expect(results.length).toBeGreaterThan(400);
    const failed = results.filter((result) => result.failure !== null);
    again = new Set(failed.map(({ name }) => name));
    const told = failed.map(({ group, name, failure }) => `${group}: ${name}: ${failure}`);
    if (told.length > 0) throw new Error(told.join('\n'));
  });

  it.each([
    ['ends-badly', 'ended with 3'],
    ['races', 'ThreadSanitizer: data race'],
  ])('fails for a server that %s, though it answers well', async (flaw, told) => {
    const matches = (name: string): boolean => name === 'GET /json';
    const run = runBlackbox(reference(flaw), { only: ['messages'], matches, ownServers: true });
    await expect(run).rejects.toThrow(told);
  });

  it.each(flaws)('notices %s in %s: %s', async (flaw, group, check) => {
    const results = await runBlackbox(reference(flaw), {
      only: [group],
      matches: (name) => name === check,
      ownServers: true,
    });
    expect(results).toHaveLength(1);
    expect(results[0]?.failure).toEqual(expect.any(String));
  });
});
