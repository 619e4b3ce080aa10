import { describe, expect, test } from 'vitest';
import type { Assets } from '../plan/assets.ts';
import { createRenderer } from './template.ts';

function rendering(text: string, view: object): () => string {
  const assets = { read: () => text, list: () => [] };
  return () => createRenderer(assets)('cpp/a.hbs', view);
}

function filesOf(files: Readonly<Record<string, string>>): Assets {
  return {
    read: (path) => files[path] ?? '',
    list: (folder) => Object.keys(files).filter((path) => path.startsWith(`${folder}/`)),
  };
}

describe('a template', () => {
  test('is rendered as it stands, without escapes for HTML', () => {
    expect(rendering('a & {{name}}\n', { name: '<b> & "c"' })()).toBe('a & <b> & "c"\n');
  });

  test('leaves no empty line where a block tag stood', () => {
    const text = 'a\n{{#each list}}\n- {{this}}\n{{/each}}\nb\n';
    expect(rendering(text, { list: [1, 2] })()).toBe('a\n- 1\n- 2\nb\n');
  });

  test('is read and compiled once', () => {
    let reads = 0;
    const read = () => {
      reads++;
      return '{{n}}';
    };
    const render = createRenderer({ read, list: () => [] });
    expect(render('x', { n: 1 }) + render('x', { n: 2 })).toBe('12');
    expect(reads).toBe(1);
  });

  test('names itself, line and column where the view lacks a value', () => {
    expect(rendering('a\n  {{port}}\n', {})).toThrow(/^cpp\/a\.hbs:2:5: "port" not defined/);
  });

  test('names itself, line and column where it does not parse', () => {
    expect(rendering('ok\nint a[] = {{1, 2}};\n', {})).toThrow(/^cpp\/a\.hbs:2:\d+: /);
  });

  test('refuses unknown helpers', () => {
    expect(rendering('{{upper name}}', { name: 'a' })).toThrow(/^cpp\/a\.hbs:1:\d+: .*upper/s);
  });
});

describe('a block', () => {
  const template = 'a\n{{#> end}}\nby default\n{{/end}}\nz\n';

  test('says what stands in it', () => {
    expect(rendering(template, {})()).toBe('a\nby default\nz\n');
  });

  test('is replaced by the file of its name, which sees the same view', () => {
    const assets = filesOf({
      'templates/t.hbs': template,
      'partials/end.hbs': '{{name}}\n{{> @partial-block}}\n',
    });
    expect(createRenderer(assets)('t.hbs', { name: 'n' })).toBe('a\nn\nby default\nz\n');
  });
});

test('what a trusted pack brings can be called', () => {
  const helpers = { upper: (text: unknown) => String(text).toUpperCase() };
  const assets = { ...filesOf({ 'templates/t.hbs': '{{upper name}}\n' }), helpers };
  expect(createRenderer(assets)('t.hbs', { name: 'n' })).toBe('N\n');
});

test.each(['{{log name}}', '{{lookup this "name"}}'])('%s is not known', (text) => {
  expect(rendering(`${text}\n`, { name: 'a' })).toThrow(/unknown helper/);
});

describe('rendering is stopped', () => {
  const list = Array.from({ length: 100 }, (_, index) => index);
  const nested = (depth: number, body: string): string =>
    depth === 0 ? body : `{{#each @root.list}}\n${nested(depth - 1, body)}{{/each}}\n`;

  test.each([
    ['loops run too often', nested(5, '')],
    ['loops write too much', nested(2, `${'x'.repeat(10_000)}\n`)],
    ['a text is too long', `${'x'.repeat((1 << 20) + 1)}\n`],
  ])('where %s', (_, text) => {
    expect(rendering(text, { list })).toThrow(/^cpp\/a\.hbs.*(more than)/);
  });

  test('where replacements of blocks double each other', () => {
    const twice = '{{> @partial-block}}\n{{> @partial-block}}\n';
    const text = `${'{{#> b}}\n'.repeat(30)}x\n${'{{/b}}\n'.repeat(30)}`;
    const assets = filesOf({ 'templates/t.hbs': text, 'partials/b.hbs': twice });
    expect(() => createRenderer(assets)('t.hbs', {})).toThrow(/more than/);
  });

  test('where a replacement calls itself', () => {
    const assets = filesOf({ 'templates/t.hbs': '{{> b}}\n', 'partials/b.hbs': '{{> b}}\n' });
    expect(() => createRenderer(assets)('t.hbs', {})).toThrow(/^t\.hbs/);
  });

  test('where a template would define its own partials', () => {
    const text = '{{#*inline "a"}}\nx\n{{/inline}}\n{{> a}}\n';
    expect(rendering(text, {})).toThrow(/^cpp\/a\.hbs/);
  });
});
