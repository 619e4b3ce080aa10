import { expect, test } from 'vitest';
import { slugOf } from './slug.ts';

test.each([
  ['My Server', 'my-server'],
  ['naïve服务', 'naive'],
  ['服务', null],
  ['3 Little_Pigs!', 'little-pigs'],
  ['../app', 'app'],
  ['ｆｕｌｌ', 'full'],
  ['', null],
])('%j becomes %j (U2)', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});
