import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Host } from '../../console/host.ts';
import { UserError } from '../../error.ts';
import type { Finding } from '../../native/probe.ts';
import { requirements } from '../../native/requirements.ts';
import { type Preview, parse } from '../../project.ts';
import type { Spec } from '../../spec/spec.ts';
import { finish, lackingTools } from './finish.ts';

function specOf(language: string): Spec {
  const parsed = parse({ name: 'app', language });
  if (!parsed.ok) throw new Error('the default answers are refused');
  return parsed.spec;
}

/** Everything is present except these. */
function without(...names: readonly string[]): readonly Finding[] {
  return requirements
    .filter(({ needs }) => needs.user !== undefined)
    .map((requirement) => {
      const isAway = names.some((name) => requirement.name.startsWith(name));
      return { requirement, status: isAway ? 'missing' : 'ok', found: '' } as const;
    });
}

describe('before a build (U13)', () => {
  const offline = async () => false;

  test('libraries that would be fetched are missed where nothing can be', async () => {
    const issue = await lackingTools(specOf('cpp'), without('CLI11', 'spdlog'), offline);
    expect(issue?.message).toBe(
      'Not built: spdlog and CLI11 are missing, and this machine is offline',
    );
    expect(issue?.fix).toMatch(
      /install what is missing: .*cli11.*; then run the steps under Next\./i,
    );
  });

  test.each([
    ['they can be fetched', 'cpp', async () => true],
    ['a TypeScript project has none of them', 'typescript', offline],
  ])('they are not where %s', async (_, language, online) => {
    expect(await lackingTools(specOf(language), without('CLI11'), online)).toBeNull();
  });

  test('nobody asks the network where all is there', async () => {
    const online = vi.fn(offline);
    expect(await lackingTools(specOf('cpp'), without(), online)).toBeNull();
    expect(online).not.toHaveBeenCalled();
  });
});

describe('Ctrl-C in a build (U12)', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'hpserver-finish-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('ends it, says that the project is written, and how to go on', async () => {
    const output = { write: () => {}, terminal: false, columns: 80 };
    const host = { cwd: directory, env: {}, out: output, err: output } as unknown as Host;
    const build = ['sh', '-c', 'touch began; sleep 600; touch ended'];
    const commands = { install: ['true'], build, test: null, start: null };
    const preview = { directory, commands, spec: specOf('typescript') } as unknown as Preview;
    const finished = finish(host, preview, { build: true, distrust: null, git: false }).catch(
      (thrown) => thrown,
    );
    await vi.waitFor(() => expect(existsSync(join(directory, 'began'))).toBe(true), 60_000);
    process.emit('SIGINT');
    const thrown: unknown = await finished;
    if (!(thrown instanceof UserError)) throw thrown;
    expect(thrown.exitCode).toBe(130);
    expect(thrown.issues).toMatchObject([
      {
        at: directory,
        message: 'build was interrupted; the project itself is complete',
        fix: 'To continue later: touch began; sleep 600; touch ended',
      },
    ]);
    expect(existsSync(join(directory, 'ended'))).toBe(false);
  });
});
