/** `add` beside what the user has added to a project's lists, targets and blocks. */

import { expect, test } from 'vitest';
import { type Language, newProject } from './project.ts';

test("a source goes into the generator's own target (P22)", async () => {
  const project = await newProject('cpp');
  project.edit('CMakeLists.txt', (text) =>
    text.replace('# Everything but main', 'add_library(db-parts STATIC\n  src/db/pool.cc\n)\n\n$&'),
  );
  expect(await project.command('add', 'route', 'foo')).toMatchObject({ status: 0 });
  const [, own = ''] = project.read('CMakeLists.txt').split('add_library(db-parts STATIC');
  expect(own).toMatch(/^\n {2}src\/db\/pool\.cc\n\)/);
  expect(own).toMatch(
    /add_library\(my-server-parts STATIC\n(?: {2}src\S+\n)+? {2}src\/handlers\/foo\.cc\n/,
  );
});

test('a route goes beside a condition, not within (P23)', async () => {
  const project = await newProject('cpp');
  const wrap = (line: string) => `#ifdef WITH_JSON\n${line}#endif\n`;
  project.edit('src/routes.cc', (text) =>
    text
      .replace('#include "handlers/json.h"\n', wrap)
      .replace('  router.get("/json", json);\n', wrap),
  );
  const before = project.read('src/routes.cc');
  expect(await project.command('add', 'route', 'kit')).toMatchObject({ status: 0 });
  const after = project.read('src/routes.cc');
  expect(after.replace(/.*kit.*\n/g, '')).toBe(before);
  const conditions = after.matchAll(/#ifdef WITH_JSON\n(?<within>[^#]*#?[^#]*)#endif/g);
  for (const { groups } of conditions) expect(groups?.within).toMatch(/^.*json.*\n$/);
  const routes = [...after.matchAll(/router\.\w+\("(\/\w+)/g)].map(([, path]) => path);
  expect(routes.at(-1)).toBe('/kit');
});

test.each([
  [
    'cpp',
    'src/routes.cc',
    '  hpserver::http::Router router;\n',
    '  hpserver::http::Router router;\n  router.get("/foo", mine);\n',
  ],
  [
    'cpp',
    'src/routes.cc',
    '  return router;\n',
    '  router.add(hpserver::http::Method::get, "/foo", make_mine());\n  return router;\n',
  ],
  ['typescript', 'src/routes.ts', '\n  .get(', "\n  .get('/foo', mine)\n  .get("],
])('%s: a route that stands there already is refused (P16)', async (language, path, mark, edit) => {
  const project = await newProject(language as Language);
  project.edit(path, (text) => text.replace(mark, edit));
  const bytes = project.bytes();
  const line =
    project
      .read(path)
      .split('\n')
      .findIndex((one) => one.includes('/foo')) + 1;
  const { status, err } = await project.command('add', 'route', 'foo');
  expect(status).toBe(3);
  expect(err).toContain(`line ${line} already registers it`);
  expect(project.bytes()).toEqual(bytes);
  expect(await project.command('add', 'route', 'foo', '--method', 'PUT')).toMatchObject({
    status: 0,
  });
});
