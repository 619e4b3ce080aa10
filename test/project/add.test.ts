/** `add`: it does what it says, and regenerating keeps the result. */

import { describe, expect, test } from 'vitest';
import { changedPaths, type Language, newProject, reportOf, type UpdateReport } from './project.ts';

/** What a report says was written or removed, apart from the generator's own records. */
function saidToChange({ files }: UpdateReport): readonly string[] {
  return files
    .filter(({ action }) => ['create', 'update', 'merge', 'delete'].includes(action))
    .map(({ path }) => path)
    .sort();
}

function ownPaths(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !path.startsWith('.hpserver/'));
}

describe.each<Language>(['cpp', 'typescript'])('in %s', (language) => {
  const source = language === 'cpp' ? 'src/routes.cc' : 'src/routes.ts';

  test('a route takes the place of a demonstration that is gone, and of no other (U10)', async () => {
    const project = await newProject(language);
    const bytes = project.bytes();
    const refused = await project.command('add', 'route', 'status', '--path', '/json');
    expect(refused.status).toBe(2);
    const line =
      project
        .read(source)
        .split('\n')
        .findIndex((each) => /["']\/json["']/.test(each)) + 1;
    expect(refused.err).toContain(`json already answers GET /json (${source}:${line})`);
    expect(project.bytes()).toEqual(bytes);

    const isDemo = (text: string) => /["']\/json["']|handlers\/json|{ json }/.test(text);
    project.edit(source, (text) =>
      text
        .split('\n')
        .filter((each) => !isDemo(each))
        .join('\n'),
    );
    expect(await project.command('add', 'route', 'status', '--path', '/json')).toMatchObject({
      status: 0,
    });
    expect(project.read(source)).toMatch(/get\(["']\/json["'], status\)/);
    expect(project.read(source)).not.toContain('handlers/json');
    expect((await project.command('regenerate', '--yes')).err).toContain('Already up to date.');
  });

  test('each route, regenerate and undo changes exactly what it says', async () => {
    const project = await newProject(language);
    const states = [project.bytes()];
    for (const [name, path] of [
      ['users', '/users/:id'],
      ['orders', '/orders'],
    ]) {
      const flags = ['--path', path ?? '', '--json'];
      const run = await project.command('add', 'route', name ?? '', ...flags);
      expect(run.status).toBe(0);
      states.push(project.bytes());
      const [before, after] = states.slice(-2);
      const changed = ownPaths(changedPaths(before ?? new Map(), after ?? new Map()));
      expect(saidToChange(reportOf(run))).toEqual(changed);
      expect(changed).toContain(source);
    }
    expect(project.read(source)).toMatch(/users[\s\S]*orders/);
    expect((await project.command('regenerate', '--yes')).err).toContain('Already up to date.');
    expect(await project.command('undo')).toMatchObject({ status: 0 });
    expect(project.bytes()).toEqual(states[1]);
  });

  test("a route stands beside the user's own, and survives another architecture", async () => {
    const project = await newProject(language);
    project.edit(source, (text) =>
      language === 'cpp'
        ? text.replace(/(\n {2}router\.get\("\/json".*)/, '$1\n  router.get("/mine", json);')
        : text.replace(/(\n {2}\.get\('\/json'.*)/, "$1\n  .get('/mine', json)"),
    );
    expect(await project.command('add', 'route', 'users', '--path', '/users')).toMatchObject({
      status: 0,
    });
    expect(await project.command('regenerate', '--io', 'io_uring')).toMatchObject({ status: 0 });
    const routes = project.read(source);
    expect(routes).toContain('/mine');
    expect(routes).toContain('/users');
    expect(await project.command('check')).toMatchObject({ status: 0 });
  });

  test("a handler of the user's is never overwritten", async () => {
    const project = await newProject(language);
    const path = language === 'cpp' ? 'src/handlers/users.cc' : 'src/handlers/users.ts';
    project.write(path, '// mine\n');
    expect(await project.command('add', 'route', 'users', '--path', '/users')).toMatchObject({
      status: 0,
    });
    expect(project.read(path)).toBe('// mine\n');
  });
});

test.each<[string, string | null, string]>([
  ['admin', null, 'admin.listen: off → unix'],
  ['admin', 'loopback', 'admin.listen: off → loopback'],
  ['daemon', null, 'daemon.style: foreground → classic'],
  ['daemon', 'systemd', 'daemon.style: foreground → systemd'],
])('add %s %s switches on what the project was made without', async (kind, value, wish) => {
  const project = await newProject();
  const before = project.bytes();
  const words = [kind, ...(value === null ? [] : [value])];
  const added = await project.command('add', ...words);
  expect(added).toMatchObject({ status: 0, out: expect.stringContaining(wish) });
  expect((await project.command('regenerate', '--yes')).err).toContain('Already up to date.');
  const again = await project.command('add', ...words);
  expect(again).toMatchObject({ status: 2, err: expect.stringContaining('already') });
  expect(await project.command('undo')).toMatchObject({ status: 0 });
  expect(ownPaths(changedPaths(before, project.bytes()))).toEqual([]);
});

test('what was only a default follows the answer that it comes from', async () => {
  const project = await newProject();
  await project.command('regenerate', '--daemon-style', 'classic', '--daemon-chroot');
  const { out } = await project.command('regenerate', '--daemon-style', 'systemd');
  expect(out).toContain('daemon.background: true → false');
  expect(out).toContain('daemon.notify: false → true');
  expect(out).toContain('admin.listen: off → unix');
  // The user chose this answer, so it stays.
  expect(out).not.toContain('daemon.chroot:');
});

test('a default follows an answer that is edited in the configuration, too', async () => {
  const project = await newProject();
  await project.command('regenerate', '--daemon-style', 'classic');
  const text = project.read('hpserver.json');
  project.write(
    'hpserver.json',
    text.replace('"daemon.style": "classic"', '"daemon.style": "systemd"'),
  );
  expect(await project.command('check')).toMatchObject({ status: 4 });
  const { out } = await project.command('regenerate', '--yes');
  expect(out).toContain('daemon.background: true → false');
  expect(out).toContain('daemon.notify: false → true');
  expect(await project.command('check')).toMatchObject({ status: 0 });
});

test('what is switched on takes its finer answers by flags', async () => {
  const project = await newProject();
  const added = await project.command('add', 'daemon', '--no-daemon-pid-file');
  expect(added).toMatchObject({ status: 0 });
  expect(added.out).toContain('daemon.pid-file: – → false');
  expect(added.out).toContain('daemon.background: – → true');
  const { out } = await project.command('add', 'daemon', '--help');
  expect(out).toContain('add daemon [STYLE] [flags]');
  expect(out).toContain('--[no-]daemon-pid-file');
});

test.each([
  [['admin', 'telnet'], '"telnet" is not a choice of admin.listen'],
  [['admn'], 'Did you mean admin?'],
  [['rout', 'users'], 'Did you mean route?'],
  [['route', 'Users!', '--path', '/u'], 'NAME'],
  [['route'], 'add route needs a NAME'],
  [['route', 'users', '--pth', '/u'], 'Did you mean --path?'],
])('add %j is refused', async (args, message) => {
  const project = await newProject();
  const before = project.bytes();
  const { status, err } = await project.command('add', ...args);
  expect(status).toBe(2);
  expect(err).toContain(message);
  expect(project.bytes()).toEqual(before);
});

test('the same name twice is refused', async () => {
  const project = await newProject();
  await project.command('add', 'route', 'users', '--path', '/users');
  const { status, err } = await project.command('add', 'route', 'users', '--path', '/others');
  expect(status).toBe(2);
  expect(err).toContain('route "users" already exists');
});

test('what is taken out of hpserver.json loses its registration, and keeps what was edited', async () => {
  const project = await newProject();
  await project.command('add', 'route', 'users', '--path', '/users');
  project.edit('src/handlers/users.cc', (text) => `// Mine.\n${text}`);
  project.edit('hpserver.json', (text) => {
    const { additions: _, ...rest } = JSON.parse(text) as { readonly additions: object };
    return `${JSON.stringify(rest, null, 2)}\n`;
  });
  const { out, status } = await project.command('regenerate');
  expect(status).toBe(0);
  expect(out).toContain('remove route users');
  expect(project.read('src/routes.cc')).not.toContain('/users');
  expect(project.bytes().has('src/handlers/users.cc')).toBe(true);
  expect(project.bytes().has('src/handlers/users.h')).toBe(false);
});
