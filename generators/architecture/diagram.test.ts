import { describe, expect, test } from 'vitest';
import type { Diagram } from '../../src/diagram/diagram.ts';
import type { Values } from '../../src/spec/question.ts';
import { kNoExtras } from '../../src/spec/spec.ts';
import { combinations, verdictOn } from '../../src/spec/verdict.ts';
import { language } from '../project/questions.ts';
import { diagramOf } from './diagram.ts';
import { architecture } from './generator.ts';
import { rules } from './rules.ts';

const possible = combinations([language, ...architecture.questions]).filter(
  (values) => verdictOn(rules, values).status !== 'refused',
);

function draw(values: Values): Diagram {
  return diagramOf({ ...kNoExtras, version: 2, values });
}

/** `main -requests-> queue`. */
function arrowsOf({ arrows }: Diagram): readonly string[] {
  return arrows.map(({ from, to, label }) => `${from} -${label}-> ${to}`);
}

describe('the diagram of every possible architecture', () => {
  const diagrams = possible.map(
    (values) => [Object.values(values).join(' '), draw(values)] as const,
  );

  test('shows each of the five steps', () => {
    for (const [name, { boxes }] of diagrams) {
      const steps = boxes
        .flatMap(({ lines }) => lines.slice(1))
        .flatMap((each) => each.split(' · '));
      for (const step of ['wait', 'accept', 'read', 'process', 'write']) {
        expect(steps, name).toContain(step);
      }
    }
  });

  test('begins at the clients, and draws no arrow to a box that is not there', () => {
    for (const [name, { boxes, arrows }] of diagrams) {
      const ids = boxes.map(({ id }) => id);
      expect(new Set(ids).size, name).toBe(ids.length);
      expect(arrows[0]?.from, name).toBe('clients');
      for (const { from, to } of arrows)
        expect(ids, name).toEqual(expect.arrayContaining([from, to]));
    }
  });

  test('leaves no box without an arrow', () => {
    for (const [name, { boxes, arrows }] of diagrams) {
      const ends = arrows.flatMap(({ from, to }) => [from, to]);
      for (const { id } of boxes) expect(ends, name).toContain(id);
    }
  });

  test('has a process around what are threads', () => {
    for (const [name, { process }] of diagrams) {
      expect(process.length > 0, name).toBe(name.endsWith(' thread'));
    }
  });
});

test.each([
  ['aio', 'proactor', 'single', 'thread', 'main -operations, completions-> mover'],
  ['io_uring', 'proactor', 'sharded', 'thread', 'last -operations, completions-> mover'],
  [
    'epoll',
    'reactor',
    'half-sync-half-async',
    'process',
    'main -connection, by SCM_RIGHTS-> first',
  ],
  ['epoll', 'reactor', 'half-sync-half-reactive', 'thread', 'main -ready connections-> queue'],
  ['epoll', 'simulated-proactor', 'half-sync-half-reactive', 'thread', 'main -requests-> queue'],
  ['epoll', 'reactor', 'leader-followers', 'thread', 'followers -the next leader-> main'],
  ['blocking', 'direct', 'per-connection', 'process', 'main -fork(2) per connection-> first'],
])('%s, %s, %s, %s is drawn as it works', (io, pattern, model, kind, arrow) => {
  const values = {
    'io.model': io,
    'event.pattern': pattern,
    'concurrency.model': model,
    'workers.kind': kind,
  };
  expect(arrowsOf(draw({ language: 'cpp', ...values }))).toContain(arrow);
});

test('JavaScript threads stand behind a queue where the loop cannot run in them', () => {
  const values = {
    language: 'typescript',
    'event.pattern': 'reactor',
    'concurrency.model': 'single',
    'workers.kind': 'thread',
  };
  expect(arrowsOf(draw({ ...values, 'io.model': 'poll' }))).toContain('jobs --> logic');
  expect(arrowsOf(draw({ ...values, 'io.model': 'epoll' }))).not.toContain('jobs --> logic');
});
