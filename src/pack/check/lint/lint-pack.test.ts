import { describe, expect, test } from 'vitest';
import { smallWorld } from '../../testing.ts';
import { benchFor } from '../bench.ts';
import { lintPack } from './lint-pack.ts';

const world = smallWorld();

const kNote = { kind: 'boolean', key: 'note', title: 'Note', help: 'One.', default: true };

interface Parts {
  readonly document?: object;
  readonly files?: Readonly<Record<string, string>>;
}

let count = 0;

/** `at: message` for each fault of a pack with these parts. */
async function faultsOf({ document = {}, files = {} }: Parts): Promise<string> {
  count += 1;
  const place = `pack-${count}`;
  world.folder(place, { 'hppack.json': { name: 'ours', version: '1.0.0', ...document }, ...files });
  const { issues } = await lintPack(await benchFor(`./${place}`, world.options()));
  return issues.map(({ at, message }) => `${at}: ${message}`).join('\n');
}

/** A pack with one template, which is always rendered. */
function templated(text: string, document: object = {}): Parts {
  return {
    document: { files: [{ from: 'a.hbs', to: 'a.txt' }], ...document },
    files: { 'templates/a.hbs': text },
  };
}

test('a pack is good where all of it is used and fits', async () => {
  const text = '{{#if note}}\n{{name}}\n{{/if}}\nend\n';
  expect(await faultsOf(templated(text, { questions: [kNote] }))).toBe('');
});

describe('a fault is found where', () => {
  test.each<[string, Parts, RegExp]>([
    [
      'package.json says another version (P14)',
      { files: { 'package.json': '{"version": "1.0.1"}' } },
      /^package\.json: version: it is 1\.0\.1, but hppack\.json says 1\.0\.0$/,
    ],
    [
      'two additions would have one file (P14)',
      {
        document: {
          additions: [
            {
              kind: 'page',
              title: 'a page',
              help: 'A page.',
              questions: [{ ...kNote, kind: 'text', key: 'name', default: 'x', pattern: '[a-z]+' }],
              files: [
                { from: 'a.txt', to: 'page.txt' },
                { id: 'b', from: 'a.txt', to: 'page/{{addition.as.name.snake}}.txt' },
              ],
            },
          ],
        },
        files: { 'templates/a.txt': 'a\n' },
      },
      /^hppack\.json: additions\[0\]\.files\[0\]\.to: "page\.txt" is the same path for every page/,
    ],
    [
      'a template names the unknown',
      templated('{{nmae}}\n'),
      /^templates\/a\.hbs:1:3: the view has no "nmae"$/,
    ],
    [
      'an untaken branch does',
      templated('{{#if is.language.cpp}}\n{{typo}}\n{{/if}}\nx\n'),
      /^templates\/a\.hbs:2:3: the view has no "typo"$/,
    ],
    [
      'a block asks for the unknown',
      templated('{{#if is.language.rust}}\n{{/if}}\nx\n'),
      /the view has no "is\.language\.rust"/,
    ],
    [
      'braces lose themselves',
      templated('x{{{name}}};\n'),
      /templates\/a\.hbs:1:2: \{\{\{ swallows the braces/,
    ],
    [
      'half a line is conditional',
      templated('a {{#if name}}b{{/if}}\n'),
      /a block tag must be alone on its line/,
    ],
    [
      'a replaced block names the unknown',
      { files: { 'partials/end.hbs': '{{typo}}\n' } },
      /^partials\/end\.hbs:1:3: the view has no "typo"$/,
    ],
    [
      'an override does',
      { files: { 'overrides/small/README.md.hbs': '{{typo}}\n' } },
      /^overrides\/small\/README\.md\.hbs:1:3/,
    ],
    [
      'a text has no line break at its end',
      templated('x'),
      /a\.txt: the file a\.txt does not end with a line break/,
    ],
    ['a line ends in blanks', templated('x \ny\n'), /has trailing whitespace/],
    ['empty lines come in pairs', templated('x\n\n\ny\n'), /has two empty lines in a row/],
    ['a text ends in an empty line', templated('x\n\n'), /ends with an empty line/],
    ['lines end as on Windows', templated('x\r\n'), /has carriage returns/],
    [
      'a question changes nothing',
      templated('x\n', { questions: [kNote] }),
      /^hppack\.json: questions: note: nothing depends on the answer/,
    ],
    [
      'a template is not used',
      { files: { 'templates/b.txt': 'b\n' } },
      /^templates\/b\.txt: no file is generated from this template$/,
    ],
    [
      'a preset is refused',
      templated('{{note}}\n', {
        questions: [kNote],
        constraints: [
          { when: { language: ['cpp'], note: [false] }, status: 'refused', message: 'm', fix: 'f' },
        ],
        presets: [
          { id: 'p', title: 't', description: 'd', values: { language: 'cpp', note: false } },
        ],
      }),
      /^preset "p": note: m$/,
    ],
    [
      'no answers lead to a file',
      templated('{{note}}\n', {
        questions: [kNote],
        constraints: [
          { when: { language: ['cpp'], note: [true] }, status: 'refused', message: 'm', fix: 'f' },
        ],
        files: [
          { from: 'a.hbs', to: 'a.txt' },
          { id: 'never', from: 'a.hbs', to: 'b.txt', when: { language: ['cpp'], note: [true] } },
        ],
      }),
      /^hppack\.json: files\[1\]: no answers produce b\.txt: its condition is never true$/,
    ],
    [
      'an answer may lead out of the project',
      templated('{{x}}\n', {
        questions: [{ ...kNote, kind: 'text', key: 'x', default: 'y' }],
        files: [{ from: 'a.hbs', to: 'docs/{{x}}' }],
      }),
      /^hppack\.json: files\[0\]\.to: "x" may be "\.\.\/x", and is used in "docs\/\{\{x\}\}"/,
    ],
  ])('%s', async (_, parts, fault) => {
    expect(await faultsOf(parts)).toMatch(fault);
  });
});
