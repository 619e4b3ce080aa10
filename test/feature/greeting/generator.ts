/**
 * A feature the generators don't know, in one folder: its setting, service, library, steps, route,
 * section, port and probe reach a project of either language without changes to any other file.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assets } from '../../../src/plan/assets.ts';
import type { Contributions, Step } from '../../../src/plan/contribution.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import type { Setting } from '../../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';

const kPort = 8082;

/** Its own templates, under the names by which intents request them. */
export const greetingAssets: Assets = {
  read: (path) =>
    readFileSync(join(import.meta.dirname, path.replace(/^templates\/.*\//, '')), 'utf8'),
  list: (folder) =>
    ['greeting.cc', 'greeting.h', 'greeting.ts', 'greeting-name.ts', 'greeting_frames.h']
      .map((name) => `templates/greeting/${name}.hbs`)
      .filter((path) => path.startsWith(`${folder}/`)),
};

export const greeting: Generator = {
  id: 'greeting',
  questions: [],
  rules: [],
  contributions: (spec) => contributionsOf(isCpp(spec)),
  files: (spec) => {
    if (isCpp(spec)) return ['greeting.cc', 'greeting.h'].map((name) => fileOf(name));
    return [
      fileOf('greeting.ts'),
      fileOf('greeting-name.ts'),
      fileOf('greeting_frames.h', 'native/addon/greeting'),
    ];
  },
};

function isCpp(spec: Spec): boolean {
  return answerOf(spec, 'language') === 'cpp';
}

function contributionsOf(cpp: boolean): Contributions {
  const of = <Item>(...items: readonly Item[]) => ({ items, because: ['language'] });
  const inCpp = <Item>(...items: readonly Item[]) => of(...(cpp ? items : []));
  return {
    settings: of(limit, listen, loud, name, recorder, record),
    sources: inCpp({ path: 'src/greeting.cc', part: 'program' }),
    core: inCpp(
      ...['base/result.h', 'connection/channel.h', 'connection/service.h'],
      'concurrency/server.h',
      ...['protocol/http/response.h', 'protocol/http/router.h'],
    ),
    services: of({
      name: 'greeting',
      listens: 'listen-greeting',
      cpp: { header: 'greeting.h', make: 'std::make_unique<GreetingService>()' },
      typescript: {
        module: 'greeting',
        handler: 'answerGuest',
        codec: {
          header: 'addon/greeting/greeting_frames.h',
          frames: 'GreetingFrames',
          write: 'write_greeting',
        },
      },
    }),
    routes: inCpp({
      method: 'get',
      path: '/greeting',
      by: 'the greeting',
      cpp: { header: 'greeting.h', make: 'make_greeting(config)' },
    }),
    ports: of({ name: 'greeting', key: 'listen-greeting', number: kPort }),
    probes: inCpp({ port: 'greeting', path: '/greeting' }),
    libraries: of({
      name: 'math',
      cpp: {
        find: 'find_library(MATH_LIBRARY m REQUIRED)',
        target: 'm',
        debian: { build: 'libc6-dev', run: null },
      },
      npm: { package: 'escape-string-regexp', version: '5.0.0' },
    }),
    steps: of(
      step('greet again', 'configured', { call: 'greet_again(config)' }, 'greetAgain', 'greet'),
      step('greet', 'configured', { call: 'greet(config)', keeps: 'greeted' }, 'greet'),
      step('welcome', 'listening', { call: 'welcome(**server)' }, 'welcome'),
      step('cheer', 'serving', { call: 'cheer(*greeted)' }, 'cheer'),
      step('fit', 'read', { call: 'fit_greeting(config)' }, 'fitGreeting'),
    ),
    sections: of({ title: 'Greetings', lines: ['They are cut at `--greeting-limit`.'] }),
  };
}

const limit: Setting = {
  key: 'greeting-limit',
  group: 'Sizes',
  takes: { kind: 'number', unit: 'count', min: 2, max: 70_000, default: 12_345, auto: null },
  help: 'Longer greetings are cut',
  story: ['How long a greeting may be.'],
};

const listen: Setting = {
  key: 'listen-greeting',
  group: 'Addresses',
  takes: { kind: 'addresses', default: [`127.0.0.1:${kPort}`] },
  help: 'Where greetings are served',
  story: ['Where to listen for whom to greet.'],
};

const loud: Setting = {
  key: 'greeting-loud',
  group: 'Sizes',
  takes: { kind: 'switch', default: false },
  help: 'Greet twice as long',
  story: ['Whether to greet twice as long.'],
};

const name: Setting = {
  key: 'greeting-name',
  group: 'Sizes',
  takes: { kind: 'text', shape: 'NAME', empty: 'nobody', default: '' },
  help: 'Whom to greet',
  story: ['Whom to greet; "" is nobody.'],
  check: {
    cpp: { header: 'greeting.h', function: 'fault_of_name' },
    typescript: { module: 'greeting-name', function: 'faultOfName' },
  },
};

const recorder: Setting = {
  key: 'greeting-recorder',
  group: 'Addresses',
  takes: { kind: 'address', word: 'off', default: 'off' },
  help: 'Who records greetings',
  story: ['Who records greetings.'],
};

const record: Setting = {
  key: 'greeting-record',
  group: 'Logs',
  takes: { kind: 'path', of: 'file', word: 'off', default: 'off' },
  help: 'Where greetings are recorded',
  story: ['Where greetings are recorded.'],
};

function step(
  name: string,
  moment: Step['moment'],
  cpp: { readonly call: string; readonly keeps?: string },
  typescript: string,
  after?: string,
): Step {
  return {
    name,
    moment,
    ...(after === undefined ? {} : { after }),
    cpp: { header: 'greeting.h', ...cpp },
    typescript: {
      module: moment === 'read' ? 'greeting-name' : 'greeting',
      function: typescript,
    },
  };
}

function fileOf(name: string, folder = 'src'): FileIntent {
  return {
    id: `greeting/${name}`,
    path: `${folder}/${name}`,
    source: { kind: 'template', template: `greeting/${name}.hbs`, view: {} },
    mode: 0o644,
    owner: 'merged',
    because: ['language'],
  };
}
