/** Packs of an existing project: nondeterministic code, a new version, a new place. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newProject, type Project } from './project.ts';

function packAt(project: Project, place: string, files: Readonly<Record<string, string>>): void {
  const folder = join(project.directory, '..', place);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

function ours(version: string): string {
  const file = { id: 'note', from: 'note.md', to: 'NOTE.md' };
  return JSON.stringify({ name: 'ours', version, engine: '>=0.2.0', files: [file] });
}

test('a plopfile that makes something else each time is warned of', async () => {
  const project = await newProject();
  packAt(project, 'plop', {
    'package.json': '{"type": "module"}',
    'plopfile.js': `export default (plop) => {
      plop.setGenerator('stamp', {
        description: 'a stamp',
        prompts: [{ type: 'input', name: 'name', message: 'Its name' }],
        actions: [
          { type: 'add', path: '{{name}}.txt', template: String(process.hrtime.bigint()) },
          { type: 'add', path: '{{name}}-steady.txt', template: 'steady' },
        ],
      });
    };`,
  });
  const pack = await project.command('regenerate', '--pack', '../plop', '--trust');
  expect(pack).toMatchObject({ status: 0 });
  const { status, err } = await project.command('add', 'stamp', 'now', '--trust');
  expect(status).toBe(0);
  expect(err).toContain('now.txt');
  expect(err).toContain('something different each time');
  expect(err).not.toContain('now-steady.txt');
});

test('a pack that is named again is its present version, at its present place', async () => {
  const project = await newProject();
  const files = (version: string) => ({ 'hppack.json': ours(version) });
  packAt(project, 'old/templates', { 'note.md': 'old\n' });
  packAt(project, 'old', files('1.0.0'));
  expect(await project.command('regenerate', '--pack', '../old')).toMatchObject({ status: 0 });
  expect(project.read('NOTE.md')).toBe('old\n');
  rmSync(join(project.directory, '../old'), { recursive: true });
  expect((await project.command('check')).err).toContain('regenerate --pack SOURCE');
  packAt(project, 'new/templates', { 'note.md': 'new\n' });
  packAt(project, 'new', files('2.0.0'));
  const { status, out } = await project.command('regenerate', '--pack', '../new');
  expect({ status, out }).toMatchObject({
    status: 0,
    out: expect.stringContaining('pack ours: 1.0.0 → 2.0.0'),
  });
  expect(project.read('NOTE.md')).toBe('new\n');
});

test('an older version of a pack is warned of (P15)', async () => {
  const project = await newProject();
  packAt(project, 'back/templates', { 'note.md': 'new\n' });
  packAt(project, 'back', { 'hppack.json': ours('2.0.0') });
  const first = await project.command('regenerate', '--pack', '../back');
  expect(first.err).not.toContain('but the project used');
  packAt(project, 'back', { 'hppack.json': ours('1.9.0') });
  packAt(project, 'back/templates', { 'note.md': 'old\n' });
  const { err } = await project.command('regenerate', '--yes');
  expect(err.replaceAll(/\s+/g, ' ')).toContain(
    'the pack ours is 1.9.0, but the project used 2.0.0',
  );
});

const kAsking = {
  name: 'asking',
  version: '1.0.0',
  questions: [
    {
      kind: 'multi',
      key: 'alarm.targets',
      depth: 'basic',
      title: 'Alarm targets',
      help: 'Where the log goes.',
      default: ['stderr'],
      choices: ['stderr', 'file', 'syslog'].map((value) => ({
        ...{ value, label: `to ${value}`, tradeoff: `It goes to ${value}.` },
        explanation: `About ${value}.`,
      })),
    },
    {
      kind: 'path',
      key: 'log.place',
      title: 'Log file',
      help: 'Where the file stands.',
      default: '/var/log/x.log',
      absolute: true,
      when: { 'alarm.targets': ['file'] },
    },
  ],
};
const kLogTemplate = [
  ...['{{#each alarm.targets}}', 'target {{this}}', '{{/each}}', '{{#if is.alarm.targets.file}}'],
  ...['file {{log.place}}', '{{/if}}', ''],
].join('\n');

test('questions for sets and paths, by flags, in the configuration and in templates', async () => {
  const project = await newProject();
  packAt(project, 'asking/templates', { 'log.conf.hbs': kLogTemplate });
  packAt(project, 'asking', {
    'hppack.json': JSON.stringify({
      ...kAsking,
      files: [{ id: 'log', from: 'log.conf.hbs', to: 'log.conf' }],
    }),
  });
  expect(await project.command('regenerate', '--pack', '../asking')).toMatchObject({ status: 0 });
  expect(project.read('log.conf')).toBe('target stderr\n');
  const both = ['--alarm-targets', 'file,stderr', '--log-place', '/srv/log'];
  const { status, out } = await project.command('regenerate', ...both);
  expect({ status, out }).toMatchObject({
    status: 0,
    out: expect.stringContaining('alarm.targets: stderr → stderr, file'),
  });
  expect(project.read('log.conf')).toBe('target stderr\ntarget file\nfile /srv/log\n');
  const { values } = JSON.parse(project.read('hpserver.json'));
  expect(values['alarm.targets']).toEqual(['stderr', 'file']);
  const unchanged = await project.command('regenerate');
  expect(unchanged.out).not.toContain('alarm.targets');
  expect(await project.command('check')).toMatchObject({ status: 0 });
  const help = await project.command('regenerate', '--help');
  expect(help.out).toContain('--alarm-targets VALUE[,…]  Alarm targets: stderr, file, syslog');
  const wrong = await project.command('regenerate', '--alarm-targets', 'stderr,sislog');
  expect(wrong).toMatchObject({
    status: 2,
    err: expect.stringContaining('Did you mean --alarm-targets syslog?'),
  });
  const relative = await project.command('regenerate', '--log-place', 'log');
  expect(relative).toMatchObject({ status: 2, err: expect.stringContaining('absolute path') });
  const explained = await project.command('explain', 'alarm.targets');
  expect(explained.out).toContain('It goes to syslog.');
  await project.command('regenerate', '--alarm-targets', 'none');
  expect(project.read('log.conf')).toBe('');
});
