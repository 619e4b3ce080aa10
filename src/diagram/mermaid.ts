/** A diagram as the lines of a Mermaid flowchart, which GitHub draws: mermaid.js.org. */

import type { Arrow, Box, Diagram, Shape } from './diagram.ts';

const kBrackets: Readonly<Record<Shape, readonly [string, string]>> = {
  clients: ['([', '])'],
  executor: ['[', ']'],
  queue: ['[(', ')]'],
  kernel: ['{{', '}}'],
};

export function mermaid({ boxes, arrows, process }: Diagram): readonly string[] {
  const inside = boxes.filter(({ id }) => process.includes(id));
  const outside = boxes.filter(({ id }) => !process.includes(id));
  return [
    'flowchart LR',
    ...outside.map((box) => `  ${boxText(box)}`),
    ...(inside.length === 0
      ? []
      : ['  subgraph process', ...inside.map((box) => `    ${boxText(box)}`), '  end']),
    ...arrows.map((arrow) => `  ${arrowText(arrow)}`),
  ];
}

function boxText({ id, shape, lines }: Box): string {
  const [open, close] = kBrackets[shape];
  return `${id}${open}"${lines.join('<br>')}"${close}`;
}

function arrowText({ from, to, label, kind }: Arrow): string {
  const text = label === '' ? '' : ` "${label}"`;
  switch (kind) {
    case 'one-way':
      return text === '' ? `${from} --> ${to}` : `${from} --${text} --> ${to}`;
    case 'both':
      return text === '' ? `${from} <--> ${to}` : `${from} <--${text} --> ${to}`;
    case 'later':
      return text === '' ? `${from} -.-> ${to}` : `${from} -.${text} .-> ${to}`;
  }
}
