import { describe, expect, test } from 'vitest';
import { lintTemplate } from './lint.ts';

function lint(text: string, view: object = {}): readonly string[] {
  return lintTemplate({ template: 't.hbs', text, view });
}

describe('a template is free of faults where', () => {
  const view = {
    name: 'a',
    port: 0,
    tls: false,
    none: [],
    peer: { host: 'h' },
    absent: null,
    routes: [{ path: '/', methods: ['GET'] }],
  };
  test.each([
    ['its values are in the view', '{{name}}:{{port}} {{tls}} {{peer.host}}\n'],
    ['a block asks for a value that is false', '{{#if tls}}\n{{name}}\n{{else}}\nno\n{{/if}}\n'],
    ['a value stands only where it is there', '{{#if absent}}\n{{absent}}\n{{/if}}\n'],
    ['it has an alternative', '{{#unless tls}}\nno\n{{else}}\n{{absent}}\n{{/unless}}\n'],
    ['a loop shows its elements', '{{#each routes}}\n{{path}}\n{{/each}}\n'],
    [
      'loops nest',
      '{{#each routes}}\n{{#each methods}}\n{{this}} {{../path}}\n{{/each}}\n{{/each}}\n',
    ],
    ['a loop counts', '{{#each routes}}\n{{@index}} {{@root.name}}\n{{/each}}\n'],
    ['a loop has nothing to show', '{{#each none}}\n{{whatever}}\n{{/each}}\n'],
    ['a block narrows to an object', '{{#with peer}}\n{{host}} {{../name}}\n{{/with}}\n'],
    ['that object is not there', '{{#with absent}}\n{{host}}\n{{/with}}\n'],
    ['braces and blocks of other languages are escaped', '\\{{x}} $\\{{ y }}\n'],
  ])('%s', (_, text) => {
    expect(lint(text, view)).toEqual([]);
  });
});

describe('a fault is found, with its line and column, where', () => {
  test.each([
    ['a value is unknown', 'a\n  {{nmae}}\n', 't.hbs:2:5: the view has no "nmae"'],
    ['if asks for the unknown', '{{#if typo}}\n{{/if}}\n', 't.hbs:1:7: the view has no "typo"'],
    [
      'an untaken branch names the unknown',
      '{{#if off}}\n{{typo}}\n{{/if}}\n',
      't.hbs:2:3: the view has no "typo"',
    ],
    [
      'an else branch names the unknown',
      '{{#if on}}\n{{else}}\n{{typo}}\n{{/if}}\n',
      't.hbs:3:3: the view has no "typo"',
    ],
    [
      'each walks over the unknown',
      '{{#each typo}}\n{{/each}}\n',
      't.hbs:1:9: the view has no "typo"',
    ],
    [
      'an element lacks the key',
      '{{#each list}}\n{{b}}\n{{/each}}\n',
      't.hbs:2:3: the view has no "b"',
    ],
    ['each walks over a text', '{{#each on}}\n{{/each}}\n', 't.hbs:1:9: each needs an array'],
    [
      'a parent scope is reached without ../',
      '{{#each list}}\n{{on}}\n{{/each}}\n',
      't.hbs:2:3: the view has no "on"',
    ],
    ['a value is null', '{{none}}\n', 't.hbs:1:3: "none" is not a text or a number'],
    [
      'a value is null where it is shown',
      '{{#if on}}\n{{none}}\n{{/if}}\n',
      't.hbs:2:3: "none" is not a text or a number',
    ],
    ['a value is an object', '{{list}}\n', 't.hbs:1:3: "list" is not a text or a number'],
    [
      'lines are inserted within a line',
      'x {{lines}}\n',
      't.hbs:1:5: "lines" has several lines, so it must start in column 1',
    ],
    [
      'a brace initialiser loses its braces',
      'X x{{{on}}};\n',
      't.hbs:1:4: {{{ swallows the braces of the text: write { {{x}} } or {{x}}',
    ],
    [
      'an expression of a workflow is copied',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the fault that is looked for
      '${{ on }}\n',
      't.hbs:1:1: ${{ is read as an expression: write $\\{{',
    ],
    [
      'a block stands in half a line',
      'a {{#if on}}b{{/if}}\n',
      't.hbs:1:3: a block tag must be alone on its line',
    ],
    [
      'a helper is called',
      '{{upper on}}\n',
      't.hbs:1:1: a value must be a single path: compute it in the view',
    ],
    [
      'a block is unknown',
      '{{#each2 list}}\n{{/each2}}\n',
      't.hbs:1:4: there is no block "each2"; the blocks are if, unless, each and with',
    ],
    ['an unknown partial is called', '{{> other}}\n', 't.hbs:1:1: there is no partials/other.hbs'],
    [
      'a template asks for the block that it would replace',
      '{{> @partial-block}}\n',
      "t.hbs:1:1: @partial-block works only in a block's replacement",
    ],
    [
      'a partial is given a view',
      '{{#> block list}}\n{{/block}}\n',
      't.hbs:1:1: call a partial by its name alone: it sees the view of its place',
    ],
    [
      'a partial is indented',
      '  {{#> block}}\n  {{/block}}\n',
      't.hbs:1:3: a partial must start in column 1 to indent itself',
    ],
    [
      'a block names the unknown by default',
      '{{#> block}}\n{{typo}}\n{{/block}}\n',
      't.hbs:2:3: the view has no "typo"',
    ],
    [
      'a template defines a partial',
      '{{#*inline "a"}}\n{{/inline}}\n',
      't.hbs:1:1: templates support values and blocks, but no decorators',
    ],
    [
      'a loop variable is used outside of a loop',
      '{{@index}}\n',
      't.hbs:1:3: there is no "@index" here',
    ],
  ])('%s', (_, text, fault) => {
    const view = { on: 'yes', off: false, none: null, list: [{ a: 1 }], lines: 'a\nb' };
    expect(lint(text, view)).toContain(fault);
  });

  test.each(['int a[] = {{1, 2}};\n', 'Point p{{}};\n', '{{#if on}}\n'])(
    '%j does not parse',
    (text) => {
      expect(lint(text, { on: true })[0]).toMatch(/^t\.hbs:\d+:\d+: /);
    },
  );
});

describe('a view is refused where', () => {
  test.each([
    ['it is a map', new Map(), 'view is not a plain object'],
    ['it holds a class instance', { a: [new Date()] }, 'view.a[0] is not a plain object'],
    [
      'it computes',
      {
        get a() {
          return 1;
        },
      },
      'view.a is a getter',
    ],
    ['a value is undefined', { a: undefined }, 'view.a is undefined: use a text, a number or null'],
  ])('%s', (_, view, fault) => {
    expect(lint('', view)).toEqual([`t.hbs: ${fault}`]);
  });
});

describe('what replaces a block', () => {
  const uses = (replacement: string, text = '{{#> block}}\n{{name}}\n{{/block}}\n') =>
    lintTemplate({
      template: 't.hbs',
      text,
      view: { name: 'a', none: null },
      blocks: new Map([['block', replacement]]),
    });

  test('fits the view of its place', () => {
    expect(uses('{{name}}\n{{> @partial-block}}\n')).toEqual([]);
  });

  test('is linted under its own name', () => {
    expect(uses('a {{typo}}\n')).toEqual(['partials/block.hbs:1:5: the view has no "typo"']);
  });

  test('may not call itself', () => {
    const fault = 'partials/block.hbs:1:1: partials/block.hbs calls itself';
    expect(uses('{{> block}}\n')).toEqual([fault]);
  });

  test('hides what the block shows by default, which still has to exist', () => {
    expect(uses('x\n', '{{#> block}}\n{{none}}\n{{/block}}\n')).toEqual([]);
    expect(uses('x\n', '{{#> block}}\n{{typo}}\n{{/block}}\n')).toHaveLength(1);
  });
});

test('what a trusted pack brings may be called with values', () => {
  const use = { template: 't.hbs', view: { name: 'a' }, helpers: ['upper'] };
  expect(lintTemplate({ ...use, text: '{{upper name}}\n' })).toEqual([]);
  expect(lintTemplate({ ...use, text: '{{upper nmae}}\n' })).toHaveLength(1);
});
