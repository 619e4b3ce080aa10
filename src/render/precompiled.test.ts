import { describe, expect, test } from 'vitest';
import type { Assets } from '../plan/assets.ts';
import { sha256 } from '../tree/hash.ts';
import { type PrecompiledTemplates, precompiledRenderer } from './precompiled.ts';
import { createRenderer, precompile } from './template.ts';

const kText = 'a {{name}}\n{{#each list}}\n- {{this}}\n{{/each}}\n{{#> end}}\nz\n{{/end}}\n';
const kView = { name: '<b>', list: [1, 2] };

function assetsWith(text: string, more: Partial<Assets> = {}): Assets {
  return { read: () => text, list: () => [], ...more };
}

/** Compiles a template as the build does. In the build, the code becomes part of a module. */
function compiled(text: string): PrecompiledTemplates {
  const specification = new Function(`return ${precompile(text)};`)() as object;
  return { 't.hbs': { sha256: sha256(text), specification } };
}

const kTemplates = new Set(['t.hbs']);

describe('a precompiled template', () => {
  test('renders as it does when it is compiled', async () => {
    const assets = assetsWith(kText);
    const render = await precompiledRenderer(kTemplates, assets, compiled(kText));
    expect(render?.('t.hbs', kView)).toBe('a <b>\n- 1\n- 2\nz\n');
    expect(render?.('t.hbs', kView)).toBe(createRenderer(assets)('t.hbs', kView));
  });

  test('fails at the same place with the same words', async () => {
    const render = await precompiledRenderer(kTemplates, assetsWith(kText), compiled(kText));
    expect(() => render?.('t.hbs', {})).toThrow(/^t\.hbs:1:5: "name" not defined/);
  });

  test('keeps to the budget', async () => {
    const text = '{{#each @root.l}}{{#each @root.l}}{{#each @root.l}}x{{/each}}{{/each}}{{/each}}';
    const render = await precompiledRenderer(kTemplates, assetsWith(text), compiled(text));
    const l = Array.from({ length: 60 }, (_, index) => index);
    expect(() => render?.('t.hbs', { l })).toThrow(/its loops run more than/);
  });

  test.each<[string, Assets]>([
    ['its text is another one', assetsWith(`${kText}more\n`)],
    ['a pack brings helpers', assetsWith(kText, { helpers: { name: () => 'n' } })],
    ['a pack replaces blocks', assetsWith(kText, { list: () => ['partials/end.hbs'] })],
  ])('is not used where %s', async (_, assets) => {
    expect(await precompiledRenderer(kTemplates, assets, compiled(kText))).toBeNull();
  });

  test('is not used where another one has to be compiled', async () => {
    const both = new Set(['t.hbs', 'constructor']);
    expect(await precompiledRenderer(both, assetsWith(kText), compiled(kText))).toBeNull();
  });
});
