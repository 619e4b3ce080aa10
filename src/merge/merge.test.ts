import { describe, expect, test } from 'vitest';
import { type ManifestFile, type Written, writtenOf } from '../tree/manifest.ts';
import type { Snapshot, Standing } from '../tree/snapshot.ts';
import type { TreeFile } from '../tree/tree.ts';
import { merge, placed } from './merge.ts';
import { settle } from './settle.ts';

function file(path: string, text: string, more: Partial<TreeFile> = {}): TreeFile {
  return { id: path, path, text, mode: 0o644, owner: 'merged', because: ['name'], ...more };
}

function standingOf(texts: Readonly<Record<string, string | null>>): Snapshot {
  const entries = Object.entries(texts).map(([path, text]): [string, Standing] => {
    return [path, { text: text ?? '', mode: 0o644, isPlain: text !== null }];
  });
  return new Map(entries);
}

/** These files as the record of a previous run. */
function writtenBefore(
  ...files: readonly (TreeFile & Partial<Pick<ManifestFile, 'fate' | 'movedTo'>>)[]
): Written {
  const recorded = files.map(({ text, because: _, registrations: __, ...rest }) => {
    return { ...rest, base: text };
  });
  return writtenOf(recorded, '0.0.1');
}

interface Case {
  readonly written?: Written | null;
  readonly tree?: readonly TreeFile[];
  readonly disk?: Readonly<Record<string, string | null>>;
  readonly moved?: Readonly<Record<string, string>>;
  readonly restore?: readonly string[];
  readonly claimed?: readonly string[];
}

function run({ written = null, tree = [], disk = {}, moved = {}, ...more }: Case) {
  return merge({
    written,
    tree,
    standing: standingOf(disk),
    moved: new Map(Object.entries(moved)),
    renames: {},
    restore: new Set(more.restore),
    spec: { owners: Object.fromEntries((more.claimed ?? []).map((path) => [path, 'user'])) },
    tool: '0.0.2',
  });
}

async function only(one: Case) {
  const { changes, written } = await run(one);
  expect(changes).toHaveLength(1);
  const [change] = changes;
  if (change === undefined) throw new Error('nothing changes');
  return { change, recorded: written.manifest.files[0] };
}

test('where nothing was written, files are created, adopted, or conflict', async () => {
  const tree = [file('a', 'ä'), file('b', 'same'), file('c', 'next')];
  const { changes } = await run({ tree, disk: { b: 'same', c: 'theirs!' } });
  const rest = { mode: 0o644, because: ['name'] };
  expect(changes).toMatchObject([
    { path: 'a', action: 'create', bytes: 2, text: 'ä', ...rest },
    { path: 'b', action: 'adopt', bytes: 4, ...rest },
    { path: 'c', action: 'conflict', bytes: 7, ...rest },
  ]);
  expect(changes[2]?.conflict).toMatchObject({ base: null, disk: 'theirs!', next: 'next' });
});

describe('a file that the user has deleted', () => {
  const written = writtenBefore(file('a', 'old'));

  test('stays deleted, and that is remembered', async () => {
    const { change, recorded } = await only({ written, tree: [file('a', 'new')] });
    expect(change).toMatchObject({
      action: 'keep',
      bytes: 0,
      why: expect.stringMatching(/you deleted it/),
    });
    expect(change.text).toBeUndefined();
    expect(recorded?.fate).toBe('deleted');
  });

  test('is forgotten when it is no longer planned: planned anew, it is written (P21)', async () => {
    const removed = await run({ written });
    expect(removed.changes).toEqual([]);
    expect(removed.written.manifest.files).toEqual([]);
    const { change } = await only({ written: removed.written, tree: [file('a', 'new')] });
    expect(change).toMatchObject({ action: 'create', text: 'new' });
  });

  test('is brought up to date when it is back (P20)', async () => {
    const tree = [file('a', 'new')];
    const away = await run({ written, tree });
    expect(away.written.manifest.files).toEqual([
      { ...written.manifest.files[0], fate: 'deleted' },
    ]);
    const { change, recorded } = await only({ written: away.written, tree, disk: { a: 'old' } });
    expect(change).toMatchObject({ action: 'update', text: 'new' });
    expect(recorded?.fate).toBeUndefined();
  });

  test.each([
    ['its user had moved it', { movedTo: 'mine.txt' }, 'a', 'mine.txt'],
    ['the generators want it elsewhere', {}, 'other', 'a'],
  ])('is found where it was when it is back, though %s (P20)', async (_, more, path, place) => {
    const before = writtenBefore({ ...file('a', 'old', { id: 'one' }), ...more });
    const tree = [file(path, 'new', { id: 'one' })];
    const away = await run({ written: before, tree });
    const { change, recorded } = await only({
      written: away.written,
      tree,
      disk: { [place]: 'old' },
    });
    expect(change).toMatchObject({ action: 'update', path: place, text: 'new' });
    expect(recorded).toMatchObject({ path, movedTo: place });
  });

  test('comes back when it is asked for', async () => {
    const gone = writtenBefore({ ...file('a', 'old'), fate: 'deleted' });
    const { change, recorded } = await only({
      written: gone,
      tree: [file('a', 'new')],
      restore: ['a'],
    });
    expect(change).toMatchObject({ action: 'create', text: 'new' });
    expect(recorded?.fate).toBeUndefined();
  });
});

describe('a file that is no longer planned', () => {
  const written = writtenBefore(file('a', 'old'));

  test('goes away if it is as it was', async () => {
    const { changes, written: after } = await run({ written, disk: { a: 'old' } });
    expect(changes).toMatchObject([{ action: 'delete', path: 'a' }]);
    expect(after.manifest.files).toEqual([]);
  });

  test('goes away if it was written once, as a removed route is, and never edited (P29)', async () => {
    const once = writtenBefore(file('a', 'old', { owner: 'user' }));
    const { change } = await only({ written: once, disk: { a: 'old' } });
    expect(change).toMatchObject({ action: 'delete', path: 'a' });
  });

  test('stays if its user has said whose it is', async () => {
    const { change } = await only({ written, disk: { a: 'old' }, claimed: ['a'] });
    expect(change).toMatchObject({ action: 'keep' });
  });

  test.each<[string, Partial<Case>]>([
    ['just now', { written, moved: { a: 'legacy/a' } }],
    ['before', { written: writtenBefore({ ...file('a', 'old'), movedTo: 'legacy/a' }) }],
  ])('stays if its user has moved it %s, unchanged as it is (P6)', async (_, more) => {
    const { change, recorded } = await only({ ...more, disk: { 'legacy/a': 'old' } });
    expect(change).toMatchObject({ action: 'keep', path: 'legacy/a' });
    expect(change.text).toBeUndefined();
    expect(recorded).toMatchObject({ path: 'a', movedTo: 'legacy/a', fate: 'stale' });
  });

  test('stays if it was edited, and keeps its base for the way back', async () => {
    const { change, recorded } = await only({ written, disk: { a: 'edited' } });
    expect(change).toMatchObject({
      action: 'keep',
      why: expect.stringMatching(/no longer generated/),
    });
    expect(recorded).toMatchObject({ fate: 'stale', sha256: written.manifest.files[0]?.sha256 });
  });
});

describe('a file that moves', () => {
  const written = writtenBefore(file('old.txt', 'text', { id: 'one' }));

  test('by the generators: its edits move along', async () => {
    const tree = [file('new.txt', 'text', { id: 'one' })];
    const { change } = await only({ written, tree, disk: { 'old.txt': 'edited' } });
    expect(change).toMatchObject({ from: 'old.txt', path: 'new.txt', text: 'edited' });
  });

  test('by the user: it is updated where it is, and stays known', async () => {
    const tree = [file('old.txt', 'more text', { id: 'one' })];
    const { change, recorded } = await only({
      written,
      tree,
      disk: { 'mine.txt': 'text' },
      moved: { one: 'mine.txt' },
    });
    expect(change).toMatchObject({ action: 'update', path: 'mine.txt', text: 'more text' });
    expect(change.from).toBeUndefined();
    expect(recorded).toMatchObject({ path: 'old.txt', movedTo: 'mine.txt' });
  });

  test('by the generators, to where something stands: it stays', async () => {
    const tree = [file('new.txt', 'more text', { id: 'one' })];
    const disk = { 'old.txt': 'text', 'new.txt': 'somebody else' };
    const { change } = await only({ written, tree, disk });
    expect(change).toMatchObject({ action: 'update', path: 'old.txt', text: 'more text' });
  });
});

test('a file that becomes executable is written, though its text stays', async () => {
  const { change } = await only({
    written: writtenBefore(file('run', 'text')),
    tree: [file('run', 'text', { mode: 0o755 })],
    disk: { run: 'text' },
  });
  expect(change).toMatchObject({ action: 'update', mode: 0o755, text: 'text' });
});

describe('line ends are no edit (P11)', () => {
  const [old, text] = ['one\ntwo\n', 'one\nthree\n'];
  const crlf = (lf: string): string => lf.replaceAll('\n', '\r\n');
  const written = writtenBefore(file('a', old));

  test('what is generated anew has those of the disk', async () => {
    const { change } = await only({ written, tree: [file('a', text)], disk: { a: crlf(old) } });
    expect(change).toMatchObject({ action: 'update', text: crlf(text) });
  });

  test.each<[string, Partial<Case>, object]>([
    ['what is as before', { tree: [file('a', old)] }, { action: 'unchanged' }],
    ['what stands there already', { tree: [file('a', old)], written: null }, { action: 'adopt' }],
    ['what is no longer generated', {}, { action: 'delete' }],
    [
      'what moves',
      { tree: [file('b', old, { id: 'a' })] },
      { action: 'update', from: 'a', path: 'b', text: crlf(old) },
    ],
    [
      'an artefact',
      { tree: [file('a', text, { owner: 'generated' })] },
      { action: 'update', text: crlf(text) },
    ],
  ])('%s is treated as if it had its own', async (_, more, expected) => {
    const { change } = await only({ written, disk: { a: crlf(old) }, ...more });
    expect(change).toMatchObject(expected);
    if (!('text' in expected)) expect(change.text).toBeUndefined();
  });

  test('those that the generators change are changed', async () => {
    const { change } = await only({ written, tree: [file('a', crlf(old))], disk: { a: old } });
    expect(change).toMatchObject({ action: 'update', text: crlf(old) });
  });
});

test('a deletion is news once', async () => {
  const first = await run({ written: writtenBefore(file('a', 'text')), tree: [file('a', 'text')] });
  const second = await run({ written: first.written, tree: [file('a', 'text')] });
  expect(first.changes[0]?.why).toMatch(/you deleted it/);
  expect(second.changes[0]?.why).toBeUndefined();
});

describe('the owner decides', () => {
  test('an edited artefact is a conflict, never a mixture', async () => {
    const written = writtenBefore(file('a', 'old', { owner: 'generated' }));
    const tree = [file('a', 'new', { owner: 'generated' })];
    const { change } = await only({ written, tree, disk: { a: 'edited' } });
    expect(change).toMatchObject({
      action: 'conflict',
      conflict: { reason: expect.stringMatching(/artefact/) },
    });
  });

  test("the user's file is written once", async () => {
    const written = writtenBefore(file('a', 'old', { owner: 'user' }));
    const tree = [file('a', 'new', { owner: 'user' })];
    const { change, recorded } = await only({ written, tree, disk: { a: 'old' } });
    expect(change).toMatchObject({ action: 'keep', why: expect.stringMatching(/yours/) });
    expect(recorded?.sha256).toBe(written.manifest.files[0]?.sha256);
  });
});

test('a link or folder in the place of a file is never touched', async () => {
  const written = writtenBefore(file('a', 'old'));
  const { change } = await only({ written, tree: [file('a', 'new')], disk: { a: null } });
  expect(change).toMatchObject({ action: 'conflict', conflict: { disk: null, marked: null } });
});

test('a file that is kept in a conflict is known where it stays', async () => {
  const written = writtenBefore(file('old.txt', 'text', { id: 'one' }));
  const tree = [file('new.txt', 'next', { id: 'one' })];
  const merged = await run({ written, tree, disk: { 'old.txt': 'mine' } });
  const changes = settle(merged.changes, () => 'keep');
  expect(changes).toMatchObject([{ path: 'old.txt', action: 'keep' }]);
  expect(placed(merged.written, changes).manifest.files).toMatchObject([
    { path: 'new.txt', movedTo: 'old.txt' },
  ]);
});

describe('the wish, of which no record is left (P4)', () => {
  const wish = (io: string, more = '') => `{${more}\n  "values": {\n    "io": "${io}"\n  }\n}\n`;
  const text = wish('poll');
  const tree = [file('hpserver.json', text, { informed: true }), file('a', 'next')];

  test('is written as it was answered; all else is asked about', async () => {
    const disk = { 'hpserver.json': wish('epoll', ' "mine": [],'), a: 'mine' };
    const { changes } = await run({ written: writtenBefore(), tree, disk });
    expect(changes).toMatchObject([
      { action: 'merge', text: wish('poll', ' "mine": [],') },
      { action: 'conflict' },
    ]);
  });

  test('loses what does not fit any more', async () => {
    const stale = wish('epoll').replace('"epoll"', '"epoll", "trigger": "edge"');
    const { changes } = await run({
      ...{ written: writtenBefore(), tree },
      disk: { 'hpserver.json': stale, a: 'next' },
    });
    expect(JSON.parse(changes[0]?.text ?? '')).toEqual(JSON.parse(text));
  });
});

test.each([
  ['of another project', '{"values": {}}'],
  ['that is none', '{'],
])('a wish %s is no answer', async (_, text) => {
  const tree = [file('hpserver.json', '{"values": {"io": "poll"}}', { informed: true })];
  const { changes } = await run({ tree, disk: { 'hpserver.json': text } });
  expect(changes).toMatchObject([{ action: 'conflict' }]);
});

describe('a conflict ends as its user says', () => {
  const tree = [file('a', 'next')];
  test.each([
    ['keep', { action: 'keep', why: expect.stringMatching(/kept/) }],
    ['take', { action: 'update', text: 'next' }],
    [{ text: 'by hand' }, { action: 'merge', text: 'by hand', bytes: 7 }],
  ] as const)('%j', async (resolution, expected) => {
    const { changes } = await run({ tree, disk: { a: 'mine' } });
    expect(settle(changes, () => resolution)).toMatchObject([expected]);
  });

  test('and stays one as long as nobody says anything', async () => {
    const { changes } = await run({ tree, disk: { a: 'mine' } });
    expect(settle(changes, () => null)).toEqual(changes);
  });
});
