import { describe, expect, test } from 'vitest';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble } from '../../src/plan/assemble.ts';
import { parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';
import { http } from '../applications/http/generator.ts';
import { cpp } from '../cpp/generator.ts';
import { typescript } from '../typescript/generator.ts';
import { eventPattern } from './event-pattern.ts';
import { ioModel } from './io-model.ts';

/** Every use of the two words at the start of a sentence, followed by a reason. */
function claims(text: string): readonly string[] {
  return [...text.matchAll(/\b(Synchronous|Asynchronous): \w/g)].map(([, word = '']) => word);
}

const kAsynchronous = ['aio', 'io_uring', 'proactor'];

describe.each([ioModel, eventPattern])('$key', (question) => {
  test.each(question.choices)('$value is one of synchronous and asynchronous', (choice) => {
    const word = kAsynchronous.includes(choice.value) ? 'Asynchronous' : 'Synchronous';
    expect(claims(choice.explanation)).toEqual([word]);
  });

  test('tells what the two words mean', () => {
    expect(claims(question.explanation ?? '')).toEqual(['Synchronous', 'Asynchronous']);
    expect(question.explanation).toMatch(/readiness.*completion/);
  });
});

test.each(['cpp', 'typescript'])(
  'the README of a %s project says which it is',
  async (language) => {
    const parsed = parse({ name: 'my-server', language });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    const assets = packagedAssets();
    const tree = await render(assemble([http, cpp, typescript], parsed.spec, assets), assets);
    const readme = tree.find(({ path }) => path === 'README.md')?.text ?? '';
    expect(new Set(claims(readme))).toEqual(new Set(['Synchronous']));
  },
);
