import { expect, test } from 'vitest';
import { screenRuns } from './styled-text.ts';

const runsOf = (line: string) => screenRuns(line)[0];
const kPlain = { colour: null, bold: false, dim: false, underlined: false };

test('a line without codes is one run', () => {
  expect(runsOf('  plain  ')).toEqual([{ column: 0, text: '  plain', style: kPlain }]);
});

test('codes begin runs, add up, and end', () => {
  expect(runsOf('a\u001b[1mb\u001b[36mc\u001b[0md')).toEqual([
    { column: 0, text: 'a', style: kPlain },
    { column: 1, text: 'b', style: { ...kPlain, bold: true } },
    { column: 2, text: 'c', style: { ...kPlain, bold: true, colour: 6 } },
    { column: 3, text: 'd', style: kPlain },
  ]);
});

test('several codes stand together; bright colours are the second eight', () => {
  expect(runsOf('\u001b[2;4;92mx')).toEqual([
    { column: 0, text: 'x', style: { colour: 10, bold: false, dim: true, underlined: true } },
  ]);
});

test('a line that begins with an m keeps it', () => {
  expect(runsOf('make')?.[0]?.text).toBe('make');
});

test('a style lasts beyond its line', () => {
  const dim = { ...kPlain, dim: true };
  expect(screenRuns('\u001b[2mx\ny\u001b[0m')).toEqual([
    [{ column: 0, text: 'x', style: dim }],
    [{ column: 0, text: 'y', style: dim }],
  ]);
});
