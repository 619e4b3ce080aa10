/** A project with a user's changes moves to another architecture, and still works. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quickBuilds } from '../../scripts/build-environment.ts';
import type { Commands } from '../../src/plan/generator.ts';
import { emptyFolder } from '../cli/program.ts';
import { Server } from '../cpp-project/project.ts';
import { changedPaths, type Language, newProject, type Project, reportOf } from './project.ts';

const root = emptyFolder();

interface Edits {
  readonly edit: (project: Project) => void;
  /** Which text must be in which file at the end. */
  readonly stands: readonly (readonly [path: string, text: string])[];
}

const kTypeScript: Edits = {
  edit: (project) => {
    const handler = (text: string) =>
      `import type { Handler } from '../server/routes.ts';\n\nexport const ${text}: Handler = ` +
      `(_request, response) => {\n  response.send('${text}');\n};\n`;
    project.write('src/handlers/first.ts', handler('first'));
    project.write('src/handlers/second.ts', handler('second'));
    project.edit('src/routes.ts', (text) =>
      text
        .replace(
          "import { json } from './handlers/json.ts';",
          "import { first } from './handlers/first.ts';\n$&\nimport { second } from './handlers/second.ts';",
        )
        .replace(
          /\n {2}\.get\('\/json', json\)/,
          "$&\n  .get('/first', first)\n  .get('/second', second)",
        ),
    );
    project.edit('src/main.ts', (text) => text.replace("'cannot serve'", "'closing the shop'"));
    project.edit('package.json', (text) =>
      text.replace('"dependencies": {', '"dependencies": {\n    "semver": "7.8.6",'),
    );
  },
  stands: [
    ['src/main.ts', 'closing the shop'],
    ['package.json', '"semver": "7.8.6"'],
    ['src/routes.ts', "'/second'"],
  ],
};

const kCpp: Edits = {
  edit: (project) => {
    project.edit('src/routes.cc', (text) =>
      text.replace(
        '  router.get("/json", json);\n',
        '$&  router.get("/first", first);\n  router.get("/second", second);\n',
      ),
    );
    const header = (name: string) =>
      `#pragma once\n\n#include "hpserver/protocol/http/request.h"\n` +
      `#include "hpserver/protocol/http/response.h"\n\nnamespace my_server {\n\n` +
      `void ${name}(hpserver::http::Request& request, hpserver::http::Response& response);\n\n` +
      `}  // namespace my_server\n`;
    const source = (name: string) =>
      `#include "handlers/${name}.h"\n\nnamespace my_server {\n\n` +
      `void ${name}(hpserver::http::Request& /*request*/, hpserver::http::Response& response) {\n` +
      `  response.send("${name}");\n}\n\n}  // namespace my_server\n`;
    for (const name of ['first', 'second']) {
      project.write(`src/handlers/${name}.h`, header(name));
      project.write(`src/handlers/${name}.cc`, source(name));
      project.edit('src/routes.cc', (text) =>
        text.replace('#include "handlers/json.h"\n', `$&#include "handlers/${name}.h"\n`),
      );
      project.edit('CMakeLists.txt', (text) =>
        text.replace('  src/handlers/json.cc\n', `$&  src/handlers/${name}.cc\n`),
      );
    }
    project.edit('src/main.cc', (text) =>
      text.replace('int main(int argc, char** argv) {\n', '$&  // The shop opens here.\n'),
    );
  },
  stands: [
    ['src/main.cc', '// The shop opens here.'],
    ['src/routes.cc', '"/second"'],
    ['CMakeLists.txt', 'src/handlers/second.cc'],
  ],
};

const kMoves = [
  ['--io', 'io_uring', '--concurrency', 'sharded'],
  ['--workers-kind', 'process'],
] as const;

/** The answers that the first move changes: it may touch only files that depend on one of them. */
const kChangedKeys = [
  'io.model',
  'io.trigger',
  'event.pattern',
  'concurrency.model',
  'workers.kind',
];

function inProject({ directory }: Project, argv: readonly string[] | null): string {
  const [program, ...args] = argv ?? ['true'];
  const env = { ...process.env, ...quickBuilds() };
  return execFileSync(program ?? 'true', args, { cwd: directory, env, encoding: 'utf8' });
}

test.each<[Language, Edits]>([
  ['cpp', kCpp],
  ['typescript', kTypeScript],
])('%s: from epoll to io_uring, from threads to processes', async (language, { edit, stands }) => {
  const project = await newProject(language, root);
  edit(project);
  let commands: Commands = { install: null, build: null, test: null, start: null };
  for (const flags of kMoves) {
    const before = project.bytes();
    const moved = await project.command('regenerate', ...flags, '--json');
    expect(moved.status, moved.err).toBe(0);
    const report = reportOf(moved);
    commands = (JSON.parse(moved.out) as { readonly commands: Commands }).commands;
    const reasons = new Map(report.files.map((file) => [file.path, file]));
    for (const path of changedPaths(before, project.bytes())) {
      if (path.startsWith('.hpserver/')) continue;
      const file = reasons.get(path);
      const isOurs =
        file?.action === 'delete' || file?.because.some((key) => kChangedKeys.includes(key));
      expect(isOurs, path).toBe(true);
    }
  }
  for (const [path, text] of stands) expect(project.read(path)).toContain(text);
  expect(await project.command('check')).toMatchObject({ status: 0 });

  inProject(project, commands.install);
  inProject(project, commands.build);
  inProject(project, commands.test);
  writeFileSync(join(project.directory, 'public/own.txt'), 'own\n');
  const server = await Server.start({ directory: project.directory, commands });
  for (const name of ['first', 'second', 'plaintext']) {
    const answer = await fetch(`${server.url}/${name}`);
    expect(await answer.text()).toBe(name === 'plaintext' ? 'Hello, World!' : name);
  }
  expect(await (await fetch(`${server.url}/own.txt`)).text()).toBe('own\n');
  expect(await server.stop()).toBe(0);
});
