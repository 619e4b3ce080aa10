import { expect, test } from 'vitest';
import { kNoExtras } from '../spec/spec.ts';
import { contributedBy } from './contribution.ts';
import type { Setting, SettingGroup } from './setting.ts';

const kSpec = { ...kNoExtras, version: 2, values: {} } as const;

function contributor(id: string, ...settings: readonly Setting[]) {
  return { id, contributions: () => ({ settings: { items: settings, because: [`${id}.kind`] } }) };
}

function setting(key: string, group: SettingGroup): Setting {
  return { key, group, takes: { kind: 'address', default: '[::1]:1' }, help: key, story: [] };
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
