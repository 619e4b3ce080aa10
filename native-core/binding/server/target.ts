/** The parts of a request's target. */

/** An absolute target's scheme and authority. See: RFC 9112, section 3.2.2. */
const kOrigin = /^[a-z][a-z0-9+.-]*:\/\/([^/?]*)/i;
const kEscape = /%[0-9a-f]{2}/gi;
const kMalformedEscape = /%(?![0-9a-f]{2})/i;
const kUnreserved = /^[A-Za-z0-9\-._~]$/;

/** The authority of an absolute target; undefined for the other forms. */
export function authorityOf(target: string): string | undefined {
  return kOrigin.exec(target)?.[1];
}

/**
 * The part before the query, in the normal form in which equivalent paths are equal. Nothing is
 * decoded twice: `%25` stays. Nothing at all is decoded in a path with a malformed escape: in
 * `%%341`, decoding `%34` would create a new escape, `%41`. See: RFC 3986, sections 6.2.2.1 and
 * 6.2.2.2.
 */
export function pathOf(target: string): string {
  const [written = ''] = target.split('?', 1);
  const path = written.startsWith('/') ? written : written.replace(kOrigin, '') || '/';
  if (!path.includes('%') || kMalformedEscape.test(path)) return path;
  return path.replace(kEscape, (encoded) => {
    const decoded = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return kUnreserved.test(decoded) ? decoded : encoded.toUpperCase();
  });
}
