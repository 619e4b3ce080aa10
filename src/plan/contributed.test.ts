import { expect, test } from 'vitest';
import { kNoExtras } from '../spec/spec.ts';
import { contributedBy } from './contributed.ts';
import type { Moment } from './contribution.ts';
import type { Setting, SettingGroup } from './setting.ts';

const kSpec = { ...kNoExtras, version: 2, values: {} } as const;

function contributor(id: string, ...settings: readonly Setting[]) {
  return { id, contributions: () => ({ settings: { items: settings, because: [`${id}.kind`] } }) };
}

function setting(key: string, group: SettingGroup): Setting {
  return {
    key,
    group,
    takes: { kind: 'address', word: null, default: '[::1]:1' },
    help: key,
    story: [],
  };
}

test('settings stand in the order of their groups, and then of their generators', () => {
  const { settings } = contributedBy(
    [
      contributor('b', setting('log', 'Logs'), setting('listen', 'Addresses')),
      { id: 'silent' },
      contributor('a', setting('listen-chat', 'Addresses')),
    ],
    kSpec,
  );
  expect(settings.items.map(({ key }) => key)).toEqual(['listen', 'listen-chat', 'log']);
  expect(settings.because).toEqual(['a.kind', 'b.kind']);
});

test('two settings of one key are refused, and both contributors are named', () => {
  const twice = [
    contributor('a', setting('log', 'Logs')),
    contributor('b', setting('log', 'Files')),
  ];
  expect(() => contributedBy(twice, kSpec)).toThrow(
    '"a" and "b" both contribute the setting "log"',
  );
});

test('two features that answer the same are refused, and both are named', () => {
  const cpp = { header: 'a.h', make: 'make_a()' };
  const route = { method: 'get', path: '/a', by: 'a', cpp } as const;
  const twice = ['a', 'b'].map((id) => {
    return { id, contributions: () => ({ routes: { items: [route], because: [] } }) };
  });
  expect(() => contributedBy(twice, kSpec)).toThrow(
    '"a" and "b" both contribute the route "GET /a"',
  );
});

test('headers of the core may be named by several', () => {
  const header = (id: string, ...items: readonly string[]) => {
    return { id, contributions: () => ({ core: { items, because: [id] } }) };
  };
  const { core } = contributedBy(
    [header('a', 'net/x.h'), header('b', 'net/y.h', 'net/x.h')],
    kSpec,
  );
  expect(core).toEqual({ items: ['net/x.h', 'net/y.h'], because: ['a', 'b'] });
});

function stepping(id: string, moment: Moment, after?: string) {
  const step = { name: id, moment, cpp: null, typescript: null, ...(after ? { after } : {}) };
  return { id, contributions: () => ({ steps: { items: [step], because: [] } }) };
}

test('steps follow those that they name, wherever their features stand', () => {
  const features = [
    stepping('privileges', 'configured', 'chroot'),
    stepping('limits', 'configured'),
    stepping('chroot', 'configured', 'limits'),
    stepping('ready', 'listening'),
    stepping('pid file', 'configured'),
  ];
  const names = contributedBy(features, kSpec).steps.items.map(({ name }) => name);
  expect(names).toEqual(['limits', 'chroot', 'privileges', 'ready', 'pid file']);
});

test.each([
  ['nobody', [stepping('chroot', 'configured', 'limits')]],
  ['a step of another moment', [stepping('a', 'listening'), stepping('chroot', 'configured', 'a')]],
  ['each other', [stepping('chroot', 'configured', 'b'), stepping('b', 'configured', 'chroot')]],
])('steps that would follow %s are refused by name', (_, features) => {
  expect(() => contributedBy(features, kSpec)).toThrow('the step "chroot" must follow');
});

test('two features that listen on one port are refused, and both are named', () => {
  const features = ['a', 'b'].map((id) => {
    const port = { name: id, key: `listen-${id}`, number: 8082 };
    return { id, contributions: () => ({ ports: { items: [port], because: [] } }) };
  });
  expect(() => contributedBy(features, kSpec)).toThrow(
    '"a" and "b" both contribute the port "8082"',
  );
});
