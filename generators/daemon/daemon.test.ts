/** What each daemon option contributes, and that a disabled option contributes nothing. */

import { describe, expect, it } from 'vitest';
import { engineOf } from '../../src/project.ts';
import type { Answers } from '../../src/spec/question.ts';

const engine = engineOf([]);
const extras = { additions: [], packs: [], owners: {} };
const kClassic: Answers = { 'daemon.style': 'classic' };

function parsed(answers: Answers) {
  return engine.parse({ name: 'my-server', language: 'typescript', ...answers }, extras);
}

async function filesOf(answers: Answers): Promise<ReadonlyMap<string, string>> {
  const outcome = parsed(answers);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const { tree } = await engine.preview(outcome.spec, '/nowhere/my-server');
  return new Map(tree.map(({ path, text }) => [path, text]));
}

function textOf(files: ReadonlyMap<string, string>): string {
  const kOwn = ['src/main.ts', 'src/worker.ts', 'native/CMakeLists.txt', 'native/addon/module.cc'];
  return kOwn.map((path) => files.get(path) ?? '').join('\n');
}

describe('a TypeScript server', () => {
  it('has nothing of a daemon in the foreground', async () => {
    const files = await filesOf({});
    const paths = [...files.keys()].filter((path) => /daemon|launcher/.test(path));
    expect(paths).toEqual([]);
    expect(textOf(files)).not.toMatch(/daemon|launcher|onListening/);
  });

  it('has a launcher only where it may go into the background', async () => {
    const classic = await filesOf(kClassic);
    expect(textOf(classic)).toContain('add_executable(launcher launcher/launcher.cc)');
    expect(classic.has('native/core/hpserver/daemon/launch.cc')).toBe(true);
    const without = await filesOf({ ...kClassic, 'daemon.background': false });
    expect(textOf(without)).not.toMatch(/launch/);
    expect([...without.keys()].filter((path) => path.includes('launch'))).toEqual([]);
    expect(textOf(without)).toContain("from './daemon/rights.ts'");
  });

  it.each(['half-sync-half-async', 'sharded', 'leader-followers'])(
    'cannot change its root with the workers of %s',
    (model) => {
      const answers = { ...kClassic, 'concurrency.model': model, 'daemon.chroot': true };
      const outcome = parsed(answers);
      expect(outcome).toMatchObject({
        ok: false,
        issues: [
          {
            message: expect.stringContaining('a TypeScript worker loads its modules'),
            fix: expect.stringContaining('systemd (RootDirectory=)'),
          },
        ],
      });
      expect(engine.parse({ name: 'my-server', language: 'cpp', ...answers }, extras).ok).toBe(
        true,
      );
    },
  );

  it('can without workers', () => {
    const answers = { ...kClassic, 'concurrency.model': 'single', 'daemon.chroot': true };
    expect(parsed(answers).ok).toBe(true);
  });
});
