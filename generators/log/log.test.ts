/** Which settings and files each choice adds, and that the default adds none. */

import { describe, expect, it } from 'vitest';
import type { Assets } from '../../src/plan/assets.ts';
import type { Generator } from '../../src/plan/generator.ts';
import { engineOf } from '../../src/project.ts';

const engine = engineOf([]);
/** For a feature without templates. */
const kNone: Assets = { read: () => '', list: () => [] };
const extras = { additions: [], packs: [], owners: {} };

async function filesOf(answers: object, by = engine): Promise<ReadonlyMap<string, string>> {
  const parsed = by.parse({ name: 'my-server', language: 'cpp', ...answers }, extras);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { tree } = await by.preview(parsed.spec, '/nowhere/my-server');
  return new Map(tree.map(({ path, text }) => [path, text]));
}

function settingsIn(files: ReadonlyMap<string, string>): readonly string[] {
  const lines = (files.get('config/server.toml') ?? '').split('\n');
  return lines.filter((line) => /^(access-)?log\S* = /.test(line));
}

describe('a choice of targets', () => {
  it.each([
    [['stderr'], ['log = "stderr"', 'log-level = "info"', 'access-log = "off"']],
    [['file'], ['log = "my-server.log"', 'log-level = "info"', 'access-log = "off"']],
    [
      ['stderr', 'syslog'],
      [
        ...['log = "stderr"', 'log-level = "info"', 'log-facility = "daemon"'],
        ...['log-syslog = "unix:/dev/log"', 'access-log = "off"'],
      ],
    ],
    [
      ['udp'],
      [
        ...['log-level = "info"', 'log-facility = "daemon"'],
        ...['log-udp = "127.0.0.1:514"', 'access-log = "off"'],
      ],
    ],
    [
      ['journald'],
      [
        ...['log-level = "info"', 'log-facility = "daemon"'],
        ...['log-journald = "unix:/run/systemd/journal/socket"', 'access-log = "off"'],
      ],
    ],
  ])('%j has its settings', async (targets, settings) => {
    expect(settingsIn(await filesOf({ 'log.targets': targets }))).toEqual(settings);
  });

  it('is refused where it is empty', () => {
    const parsed = engine.parse({ name: 'a', language: 'cpp', 'log.targets': [] }, extras);
    expect(parsed).toMatchObject({ ok: false, issues: [{ at: 'log.targets' }] });
  });

  it.each([
    ['syslog', 'local_syslog'],
    ['udp', 'remote_syslog'],
    ['journald', 'journal'],
  ])('%s copies its protocol, and no other', async (target, protocol) => {
    const files = await filesOf({ 'log.targets': [target] });
    const kProtocols = ['local_syslog', 'remote_syslog', 'journal'];
    const copied = kProtocols.filter((name) => files.has(`core/hpserver/log/${name}.cc`));
    expect(copied).toEqual([protocol]);
  });
});

describe('a format of lines', () => {
  it.each([
    ['off', { 'log.targets': ['stderr'] }, 'access-log = "off"'],
    ['json', { 'log.targets': ['stderr'] }, 'access-log = "stderr"'],
    ['common', { 'log.targets': ['stderr', 'file'] }, 'access-log = "my-server-access.log"'],
    ['combined', { 'log.targets': ['syslog', 'udp'] }, 'access-log = "syslog"'],
  ])('%s has its place', async (access, answers, place) => {
    const settings = settingsIn(await filesOf({ ...answers, 'log.access': access }));
    expect(settings).toContain(place);
    expect(settings.includes('access-log-sample = 1')).toBe(access !== 'off');
  });
});

it.each([
  ['syslog', 'syslog_calls'],
  ['udp', 'udp_calls'],
  ['journald', 'journal_calls'],
])('in TypeScript, %s has its part of the addon, and no other', async (target, part) => {
  const files = await filesOf({ language: 'typescript', 'log.targets': [target] });
  const calls = ['syslog_calls', 'udp_calls', 'journal_calls'];
  expect(calls.filter((name) => files.has(`native/addon/log/${name}.cc`))).toEqual([part]);
  expect(files.get('native/addon/module.cc')).toContain(`addon/log/${part}.h`);
});

it.each(['cpp', 'typescript'])('the usual answers leave no trace in %s', async (language) => {
  const files = await filesOf({ language });
  const traces = [...files].filter(([path, text]) => {
    // Every log reports the lines it loses.
    if (path.includes('/log/lost_lines.')) return false;
    return (
      /\/(log|access)\/|log[-_](place|servers)|requests\.|access-/.test(path) ||
      /DatagramSink/.test(text)
    );
  });
  expect(traces.map(([path]) => path)).toEqual([]);
});

describe('a feature that changes the level', () => {
  const changer: Generator = {
    id: 'changer',
    questions: [],
    rules: [],
    contributions: () => ({ levelChanges: { items: ['a test'], because: [] } }),
    files: () => [],
  };
  const changing = engineOf([
    { name: 'changer', version: '1.0.0', reference: null, generators: [changer], assets: kNone },
  ]);

  it.each([
    ['cpp', ['stderr'], 'src/log.h', 'set_level'],
    ['cpp', ['syslog'], 'src/log.h', 'set_level'],
    ['typescript', ['stderr'], 'src/log.ts', 'setLevel'],
    ['typescript', ['syslog'], 'src/log.ts', 'setLevel'],
  ])('in %s, with %j, finds its function', async (language, targets, path, name) => {
    const answers = { language, 'log.targets': targets };
    expect((await filesOf(answers, changing)).get(path)).toContain(name);
    expect((await filesOf(answers)).get(path)).not.toContain(name);
  });
});
