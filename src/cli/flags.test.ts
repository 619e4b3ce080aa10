import { describe, expect, test } from 'vitest';
import { type Flag, parseArguments, usage } from './flags.ts';

const flags: readonly Flag[] = [
  { name: 'yes', short: 'y', takes: 'switch', help: '', group: '' },
  { name: 'git', takes: 'toggle', help: '', group: '' },
  { name: 'io-model', aliases: ['io'], takes: 'value', values: ['epoll'], help: '', group: '' },
  { name: 'set', takes: 'list', help: '', group: '' },
];

function parse(...args: string[]) {
  const { operands, values, issues } = parseArguments(flags, args, 'prog');
  return { operands, values: Object.fromEntries(values), at: issues.map(({ at }) => at) };
}

describe('the reading of a command line', () => {
  test.each([
    [['app', '-y', '--io', 'epoll'], ['app'], { yes: true, 'io-model': 'epoll' }],
    [['--io-model=epoll', 'app'], ['app'], { 'io-model': 'epoll' }],
    [['--no-git'], [], { git: false }],
    [['--git'], [], { git: true }],
    [['--set', 'a=1', '--set', 'b=2'], [], { set: ['a=1', 'b=2'] }],
    [['--io', '-1'], [], { 'io-model': '-1' }],
    [['--io', '-'], [], { 'io-model': '-' }],
    [['--', '--yes'], ['--yes'], {}],
    [['--io', 'epoll', '--io-model', 'epoll'], [], { 'io-model': 'epoll' }],
  ])('%j', (args, operands, values) => {
    expect(parse(...args)).toEqual({ operands, values, at: [] });
  });
});

describe('what is wrong with it', () => {
  test.each([
    [['--nope'], ['--nope']],
    [
      ['--nope=1', '--other'],
      ['--nope', '--other'],
    ],
    [['--yes=1'], ['--yes']],
    [['--io'], ['--io']],
    [['--io='], ['--io']],
    [['--io', '--yes'], ['--io']],
    [['--io', 'epoll', '--io-model', 'poll'], ['--io-model']],
    [['--git', '--no-git'], ['--no-git']],
    [['-x'], ['-x']],
  ])('%j', (args, at) => {
    expect(parse(...args).at).toEqual(at);
  });

  test('a word behind an unknown flag may be its value, the next one is an operand', () => {
    expect(parse('--nope', 'value', 'app').operands).toEqual(['app']);
    expect(parse('--nope=value', 'app').operands).toEqual(['app']);
  });
});

test('usage shows the values, else a placeholder', () => {
  expect(flags.map(usage)).toEqual(['--yes', '--[no-]git', '--io-model epoll', '--set VALUE']);
});
