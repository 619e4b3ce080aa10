import { describe, expect, test } from 'vitest';
import { createRenderer } from './template.ts';

function rendering(text: string, view: object): () => string {
  const assets = { read: () => text, list: () => [] };
  return () => createRenderer(assets)('cpp/a.hbs', view);
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
