import { describe, expect, test } from 'vitest';
import { mergeContent } from './merge-content.ts';

async function merge(base: string, disk: string, next: string): Promise<string> {
  const merged = await mergeContent({ path: 'a', base, disk, next, registrations: [] });
  return merged.kind === 'merged' ? merged.text : merged.reason;
}

describe('no conflict is', () => {
  test.each([
    ['another line end', 'a\nb\n', 'a\r\nb\r\n', 'A\nb\n', 'A\r\nb\r\n'],
    ['a missing final newline', 'a\nb\n', 'a\nb', 'A\nb\n', 'A\nb'],
    ['a missing final newline that both have', 'a\nb', 'a\nb\nu', 'A\nb', 'A\nb\nu'],
    ['a final newline that one adds', 'a\nb\nc', 'a\nb\nu', 'A\nb\nc\n', 'A\nb\nu\n'],
    ['a byte order mark', 'a\nb\n', '\uFEFFa\nb\n', 'A\nb\n', '\uFEFFA\nb\n'],
    ['a byte order mark that is gone', '\uFEFFa\nb\n', 'a\nb\n', '\uFEFFA\nb\n', 'A\nb\n'],
    ['a mixture', 'a\nb\nc\n', 'a\r\nb\nc\r\n', 'a\nb\nn\nc\n', 'a\r\nb\nn\nc\r\n'],
    ['a mixture of equal lines', 'a\na\nb\n', 'a\r\na\nb\n', 'a\na\nB\n', 'a\r\na\nB\n'],
    ['CRLF that is generated', 'a\nb\nc\n', 'a\nb\nu\n', 'A\r\nb\r\nc\r\n', 'A\r\nb\r\nu\r\n'],
    ['CRLF for one line', 'a\r\n', 'a\r\nb\r\nu\r\n', 'a', 'a\r\nb\r\nu'],
    ['tabs', 'f\n  a\n    b\n', 'f\n\ta\n\t\tb\n\tu\n', 'f\n  A\n    b\n', 'f\n\tA\n\t\tb\n\tu\n'],
    [
      'tabs with comments',
      'f\n  /*\n   * c\n   */\n',
      'f\n\t/*\n\t * c\n\t */\n',
      'F\n  /*\n   * c\n   */\n',
      'F\n\t/*\n\t * c\n\t */\n',
    ],
    ['a carriage return alone', 'a\rb\nc\nd\n', 'a\rb\nc\nD\n', 'A\rb\nc\nd\n', 'A\rb\nc\nD\n'],
  ])('%s', async (_, base, disk, next, result) => {
    expect(await merge(base, disk, next)).toBe(result);
  });
});

test('tabs in what is generated are what they are', async () => {
  const base = 'all:\n\tmake a\n\tmake b\n\tmake c\n';
  const disk = base.replace('make a', 'make u');
  const next = base.replace('make c', 'make g');
  expect(await merge(base, disk, next)).toBe('all:\n\tmake u\n\tmake b\n\tmake g\n');
});
