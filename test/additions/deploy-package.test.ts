/**
 * Debian packages and workflows, checked by the programs that read them: dpkg, systemd, sh, YAML.
 */

import { spawnSync } from 'node:child_process';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { filesOf } from './deployed-files.ts';

const kLogs = { 'log.targets': ['file', 'syslog'], 'log.access': 'json' };

describe('the settings of a Debian package', () => {
  test('are all that the program has, each at its place on that machine', async () => {
    const files = await filesOf({ language: 'cpp', 'admin.listen': 'unix', ...kLogs }, ['debian'], {
      port: 8085,
    });
    const packaged = parseToml(files.get('deploy/debian/server.toml') ?? '');
    const own = parseToml(files.get('config/server.toml') ?? '');
    expect(Object.keys(packaged)).toEqual(Object.keys(own));
    expect(packaged).toEqual({
      ...own,
      'access-log': '/var/log/shop/shop-access.log',
      admin: 'unix:/run/shop/shop-admin.sock',
      listen: ['127.0.0.1:8085'],
      log: '/var/log/shop/shop.log',
      root: '/usr/share/shop/public',
    });
  });

  test.each([
    [{}, []],
    [kLogs, ['/etc/logrotate.d/shop', '/etc/rsyslog.d/30-shop.conf']],
  ])('of %j are left as an administrator has made them', async (answers, more) => {
    const files = await filesOf({ language: 'cpp', ...answers }, ['debian']);
    const conffiles = (files.get('deploy/debian/conffiles') ?? '').trim().split('\n');
    expect(conffiles).toEqual(['/etc/shop/server.schema.json', '/etc/shop/server.toml', ...more]);
    // Every file that is installed below /etc is a conffile.
    const build = files.get('deploy/debian/package.cmake') ?? '';
    const folders = [...build.matchAll(/DESTINATION \/etc\/(\S+)/g)].map(([, folder]) => folder);
    expect(folders).toEqual(['shop', ...(more.length > 0 ? ['logrotate.d', 'rsyslog.d'] : [])]);
  });
});

test.each(['cpp', 'typescript'])('each script of a package is one of sh: %s', async (language) => {
  const files = await filesOf({ language }, ['debian']);
  const scripts = ['postinst', 'postrm', 'prerm', ...(language === 'cpp' ? [] : ['build.sh'])];
  for (const name of scripts) {
    const text = files.get(`deploy/debian/${name}`) ?? '';
    expect(text).toMatch(/^#!\/bin\/sh\n/);
    const { stderr, status } = spawnSync('sh', ['-n'], { encoding: 'utf8', input: text });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  }
});

test('a C++ build makes a package only where one is wanted', async () => {
  const line = '\ninclude(deploy/debian/package.cmake)\n';
  const textOf = async (...targets: readonly string[]): Promise<string> =>
    (await filesOf({ language: 'cpp' }, targets)).get('CMakeLists.txt') ?? '';
  expect(await textOf('debian')).toContain(line);
  expect(await textOf('systemd')).not.toContain('package.cmake');
});

test('an upgrade starts the service anew, and leaves its sockets alone', async () => {
  const contributions = { abilities: { items: ['takes-sockets'], because: [] } } as const;
  const files = await filesOf({ language: 'cpp' }, ['debian'], { contributions, port: 80 });
  const postinst = files.get('deploy/debian/postinst');
  expect(postinst).toContain('for unit in shop.socket shop.service; do\n');
  expect(postinst).toContain(' deb-systemd-invoke restart shop.service ');
  expect(postinst).toContain(' deb-systemd-invoke start shop.socket shop.service ');
  expect(files.get('deploy/debian/shop.socket')).toContain('\nListenStream=127.0.0.1:80\n');
});

describe('a workflow', () => {
  const workflowOf = async (answers: object) => {
    const files = await filesOf({ ...answers }, ['github-actions']);
    const text = files.get('.github/workflows/build.yaml') ?? '';
    // Braces occur only in expressions that GitHub replaces.
    expect(text.match(/\{\{/g)).toEqual(text.match(/\$\{\{ [^}]+ \}\}/g)?.map(() => '{{'));
    const { jobs, ...workflow } = parseYaml(text);
    expect(workflow).toMatchObject({
      on: { push: { branches: ['main'] }, pull_request: null },
      permissions: { contents: 'read' },
    });
    const runs: readonly string[] = jobs.build.steps.map(
      ({ run, uses }: { run?: string; uses?: string }) => run ?? uses,
    );
    return runs;
  };

  test.each([
    ['epoll', false],
    ['io_uring', true],
  ])('builds, tests and caches C++ by %s', async (io, needsLiburing) => {
    const runs = await workflowOf({ language: 'cpp', 'io.model': io });
    expect(runs.slice(-3)).toEqual([
      'cmake --preset ci',
      'cmake --build --preset ci --parallel "$(nproc)"',
      'ctest --preset ci',
    ]);
    expect(runs).toContain('actions/cache@v4');
    expect(runs.join('\n').includes('liburing-dev')).toBe(needsLiburing);
  });

  test.each([
    ['epoll', false],
    ['io_uring', true],
  ])('builds, tests and caches TypeScript by %s', async (io, needsLiburing) => {
    const runs = await workflowOf({ language: 'typescript', 'io.model': io });
    expect(runs.slice(-3)).toEqual(['npm run check', 'npm run build', 'npm test']);
    expect(runs).toContain('actions/cache@v4');
    expect(runs.join('\n').includes('liburing-dev')).toBe(needsLiburing);
  });
});
