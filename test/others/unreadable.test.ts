/** Files that can't be read, or are too large: reported, and left out. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newProject } from '../project/project.ts';
import { asMortal } from './mortal.ts';

describe('a file that may not be read (P5)', () => {
  test('is told, and left out where a missing one is looked for', async () => {
    const project = await newProject();
    project.write('src/secret.cc', '');
    chmodSync(join(project.directory, 'src/secret.cc'), 0);
    rmSync(join(project.directory, 'src/main.cc'));
    const { status, err } = await asMortal(project.directory, () =>
      project.command('regenerate', '--yes'),
    );
    expect({ status, err }).toMatchObject({ status: 0 });
    expect(err).toContain('cannot read src/secret.cc');
  });

  test('and in a folder that may not be searched', async () => {
    const project = await newProject();
    mkdirSync(join(project.directory, 'closed'));
    project.write('closed/a.cc', '');
    chmodSync(join(project.directory, 'closed'), 0o444);
    rmSync(join(project.directory, 'src/main.cc'));
    const { status, err } = await asMortal(project.directory, () =>
      project.command('regenerate', '--yes'),
    );
    chmodSync(join(project.directory, 'closed'), 0o755);
    expect({ status, err }).toMatchObject({ status: 0 });
    expect(err).toContain('cannot read closed/a.cc');
  });

  test.each(['src/main.cc', 'src'])('is a conflict where it is planned: %s', async (path) => {
    const project = await newProject();
    chmodSync(join(project.directory, path), 0);
    const { status, err } = await asMortal(project.directory, async () => {
      for (const word of ['status', 'check', 'diff']) {
        expect((await project.command(word)).err).not.toContain('bug');
      }
      return project.command('regenerate', '--io', 'poll');
    });
    chmodSync(join(project.directory, path), 0o755);
    expect(status).toBe(3);
    expect(err).toContain('it cannot be read');
  });

  test.each(['.hpserver/state.json', 'hpserver.json', '.hpserver/base', '.hpserver'])(
    'is told where it is the record or the wish: %s',
    async (path) => {
      const project = await newProject();
      chmodSync(join(project.directory, path), 0);
      for (const word of ['status', 'check', 'regenerate', 'explain']) {
        const { err } = await asMortal(project.directory, () => project.command(word));
        expect(err).not.toContain('bug');
      }
      chmodSync(join(project.directory, path), 0o755);
    },
  );
});

describe('three gibibytes of nothing (P10)', () => {
  test.each(['README.md', 'hpserver.json', '.hpserver/state.json', '.hpserver/.gitignore'])(
    'are told at %s',
    async (path) => {
      const project = await newProject();
      truncateSync(join(project.directory, path), 3 * 2 ** 30);
      for (const word of ['status', 'check', 'diff']) {
        const { err } = await project.command(word);
        expect(err).not.toContain('bug');
      }
      const { status, out, err } = await project.command('regenerate', '--name', 'other');
      expect(status).toBeGreaterThan(0);
      expect(out + err).toMatch(/too large|larger than/);
    },
  );

  test('and where undo would replace them', async () => {
    const project = await newProject();
    await project.command('regenerate', '--name', 'other');
    truncateSync(join(project.directory, 'README.md'), 3 * 2 ** 30);
    const { status, err } = await project.command('undo');
    expect(err).not.toContain('bug');
    expect(status).toBeGreaterThan(0);
  });
});

test('a byte order mark before the wish or the record is read over (P10)', async () => {
  const project = await newProject();
  for (const path of ['hpserver.json', '.hpserver/state.json']) {
    writeFileSync(join(project.directory, path), `\uFEFF${project.read(path)}`);
  }
  expect(await project.command('status')).toMatchObject({ status: 0 });
  expect(await project.command('regenerate', '--io', 'poll')).toMatchObject({ status: 0 });
  expect(project.read('src/main.cc')).toContain('PollPoller');
  project.write('answers.json', '\uFEFF{"io.model": "epoll"}');
  const answers = ['--answers', 'answers.json'];
  expect(await project.command('regenerate', ...answers)).toMatchObject({ status: 0 });
});

describe('where routes are registered', () => {
  const kinds: readonly (readonly [string, (file: string) => void])[] = [
    ['may not be read', (file) => chmodSync(file, 0)],
    ['is huge', (file) => truncateSync(file, 3 * 2 ** 30)],
    [
      'is a pipe',
      (file) => {
        rmSync(file);
        execFileSync('mkfifo', [file]);
      },
    ],
  ];

  test.each(kinds)('a file that %s is a conflict for an added route', async (_, spoil) => {
    const project = await newProject();
    spoil(join(project.directory, 'src/routes.cc'));
    const { status, out, err } = await asMortal(project.directory, () =>
      project.command('add', 'route', 'items', '--dry-run'),
    );
    expect({ status, err }).toMatchObject({ status: 3 });
    expect(out).toMatch(/conflict +src\/routes\.cc/);
  });
});
