/** Turns a name for people into a name for machines: `My Server` → `my-server`. */

/** Leaves out whatever can't be turned into Latin letters and digits; null if nothing remains. */
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
