import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { models } from './draw.ts';
import { picture } from './models.ts';

const kPictures = resolve(import.meta.dirname, '..', '..', 'docs', 'pictures');

test('the picture of the models is that of today (npm run pictures)', () => {
  expect(readFileSync(`${kPictures}/models.svg`, 'utf8')).toBe(picture(models()));
});
