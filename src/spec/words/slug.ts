/** A name as machines want it, made of one as people write it: `My Server` → `my-server`. */

/** Without what no Latin letter or digit is left of; null where nothing is left. */
export function slugOf(text: string): string | null {
  const slug = text
    // Letters and their accents apart: ï is an i and a diaeresis.
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
  return slug === '' ? null : slug;
}
