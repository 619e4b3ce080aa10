/** `a, b and c`; with another word, `a, b or c`. */
export function listed(parts: readonly string[], word: 'and' | 'or' = 'and'): string {
  const head = parts.slice(0, -1).join(', ');
  const last = parts.at(-1) ?? '';
  return head === '' ? last : `${head} ${word} ${last}`;
}
