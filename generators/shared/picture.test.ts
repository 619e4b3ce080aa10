import { describe, expect, test } from 'vitest';
import type { Values } from '../../src/spec/question.ts';
import { kNoExtras, type Spec } from '../../src/spec/spec.ts';
import { combinations, verdictOn } from '../../src/spec/verdict.ts';
import { architecture } from '../architecture/generator.ts';
import { rules } from '../architecture/rules.ts';
import { language } from '../project/questions.ts';
import { pictureOf } from './picture.ts';

const possible = combinations([language, ...architecture.questions]).filter(
  (values) => verdictOn(rules, values).status !== 'refused',
);

function draw(values: Values): string {
  const spec: Spec = { ...kNoExtras, version: 2, values };
  return pictureOf(spec).join('\n');
}

describe('the picture of every possible architecture', () => {
  const pictures = possible.map((values) => [Object.values(values).join(' '), draw(values)]);

  test('shows each of the five steps', () => {
    for (const [name, picture] of pictures) {
      for (const step of ['wait', 'accept', 'read', 'process', 'write']) {
        expect(picture, name).toMatch(new RegExp(`<br>.*\\b${step}\\b`));
      }
    }
  });

  test('begins at the clients, and draws no arrow to a box that is not there', () => {
    for (const [name, picture = ''] of pictures) {
      expect(picture, name).toMatch(/^flowchart LR\n {2}clients\(\[clients\]\) --> /);
      const boxes = new Set(
        [...picture.matchAll(/\b(\w+)(?:\["|\{\{"|\[\("|\(\[)/g)].map((m) => m[1]),
      );
      const ends = [...picture.matchAll(/^ *(\w+)(?: & (\w+))? (?:<?--|-\.)/gm)].flatMap((m) => [
        m[1],
        m[2],
      ]);
      for (const end of ends) if (end !== undefined) expect(boxes, name).toContain(end);
    }
  });

  test('has a box for the process around what are threads', () => {
    for (const [name = '', picture] of pictures) {
      expect(picture?.includes('subgraph process'), name).toBe(name.endsWith(' thread'));
    }
  });
});

test.each([
  ['aio', 'proactor', 'single', 'thread', /main <-- "operations, completions" --> mover/],
  ['io_uring', 'proactor', 'sharded', 'thread', /first & last <-- "operations/],
  ['epoll', 'reactor', 'half-sync-half-async', 'process', /main -- "connection, by SCM_RIGHTS"/],
  ['epoll', 'reactor', 'half-sync-half-reactive', 'thread', /"ready connections" --> queue/],
  ['epoll', 'simulated-proactor', 'half-sync-half-reactive', 'thread', /"requests" --> queue/],
  ['epoll', 'reactor', 'leader-followers', 'thread', /"the next leader"/],
  ['blocking', 'direct', 'per-connection', 'process', /"fork\(2\) per connection"/],
])('%s, %s, %s, %s is drawn as it works', (io, pattern, model, kind, part) => {
  const values = {
    'io.model': io,
    'event.pattern': pattern,
    'concurrency.model': model,
    'workers.kind': kind,
  };
  expect(draw({ language: 'cpp', ...values })).toMatch(part);
});

test('JavaScript threads stand behind a queue where the loop cannot run in them', () => {
  const values = {
    language: 'typescript',
    'event.pattern': 'reactor',
    'concurrency.model': 'single',
    'workers.kind': 'thread',
  };
  expect(draw({ ...values, 'io.model': 'poll' })).toContain('jobs --> logic["JavaScript threads');
  expect(draw({ ...values, 'io.model': 'epoll' })).not.toContain('JavaScript threads');
});
