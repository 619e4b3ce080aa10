/** Prints JSON nodes from one text in the format of the text that they are inserted into. */

import type { JsonContainer, JsonItem, JsonNode } from './json-tree.ts';

export interface Indentation {
  /** White space before the line on which the node begins. */
  readonly indent: string;
  /** White space per level. */
  readonly unit: string;
}

/** A container that is on one line in its source stays on one line. */
export function print(node: JsonNode, place: Indentation): string {
  if (node.kind === 'scalar' || isInline(node)) return node.text;
  return printLines(node, place);
}

export function printInline(node: JsonNode): string {
  if (node.kind === 'scalar' || isInline(node)) return node.text;
  const items = node.items.map(({ label, value }) => label + printInline(value)).join(', ');
  if (node.kind === 'array' || items === '') return bracketed(node, items);
  return bracketed(node, ` ${items} `);
}

/** Prints each item on its own line, even if the source has them all on one line. */
export function printLines(node: JsonNode, place: Indentation): string {
  if (node.kind === 'scalar' || node.items.length === 0) return node.text;
  const indent = place.indent + place.unit;
  const lines = node.items.map(
    ({ label, value }) => `\n${indent}${label}${print(value, { ...place, indent })}`,
  );
  return bracketed(node, `${lines.join(',')}\n${place.indent}`);
}

/** The container with other items. Items that stay keep the white space around them. */
export function withItems(from: JsonContainer, items: readonly JsonItem[]): string {
  if (items.length === 0) return bracketed(from, '');
  const [first, second] = from.items;
  const others = second?.lead ?? (isInline(from) ? ' ' : (first?.lead ?? ''));
  const stays = new Set(from.items.slice(1).map(({ key }) => key));
  const pieces = items.map(({ key, lead, label, value, tail }, index) => {
    const own = stays.has(key) ? lead : others;
    return (index === 0 ? (first?.lead ?? '') : own) + label + value.text + tail;
  });
  return bracketed(from, pieces.join(',') + from.rest);
}

/** The indentation of a container's items, which is that of its first item. */
export function indentWithin(node: JsonContainer, outer: string): string {
  const lead = node.items[0]?.lead ?? '';
  return lead.includes('\n') ? lead.slice(lead.lastIndexOf('\n') + 1) : outer;
}

export function isInline(node: JsonContainer): boolean {
  return !node.text.includes('\n');
}

function bracketed({ kind }: JsonContainer, within: string): string {
  return kind === 'object' ? `{${within}}` : `[${within}]`;
}
