/** A name suitable for machines, made from a human one: `My Server` → `my-server`. */

/** Omits whatever can't be reduced to Latin letters and digits; null if nothing is left. */
export function slugOf(text: string): string | null {
  const slug = text
    // Separates letters from their accents: ï is an i and a diaeresis.
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
  return slug === '' ? null : slug;
}
