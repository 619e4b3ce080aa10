import { expect, test } from 'vitest';
import type { Diagram } from './diagram.ts';
import { mermaid } from './mermaid.ts';

const diagram: Diagram = {
  boxes: [
    { id: 'clients', shape: 'clients', lines: ['clients'] },
    { id: 'main', shape: 'executor', lines: ['the loop', 'wait · accept'] },
    { id: 'queue', shape: 'queue', lines: ['request queue, bounded'] },
    { id: 'mover', shape: 'kernel', lines: ['kernel', 'read · write'] },
  ],
  arrows: [
    { from: 'clients', to: 'main', label: '', kind: 'one-way' },
    { from: 'main', to: 'queue', label: 'requests', kind: 'one-way' },
    { from: 'main', to: 'mover', label: 'operations, completions', kind: 'both' },
    { from: 'queue', to: 'main', label: 'the next', kind: 'later' },
  ],
  process: ['main', 'queue'],
};

test('draws boxes by their shapes, the process around its own, arrows by their kinds', () => {
  expect(mermaid(diagram)).toEqual([
    'flowchart LR',
    '  clients(["clients"])',
    '  mover{{"kernel<br>read · write"}}',
    '  subgraph process',
    '    main["the loop<br>wait · accept"]',
    '    queue[("request queue, bounded")]',
    '  end',
    '  clients --> main',
    '  main -- "requests" --> queue',
    '  main <-- "operations, completions" --> mover',
    '  queue -. "the next" .-> main',
  ]);
});

test('draws arrows without a label, and no process where there are several', () => {
  const kinds = ['one-way', 'both', 'later'] as const;
  const arrows = kinds.map((kind) => ({ from: 'a', to: 'b', label: '', kind }));
  expect(mermaid({ boxes: [], arrows, process: [] })).toEqual([
    'flowchart LR',
    '  a --> b',
    '  a <--> b',
    '  a -.-> b',
  ]);
});
