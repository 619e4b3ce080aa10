/** Character classes of RFC 9110 and RFC 3986, as lists of bytes. */

type Bytes = readonly number[];

const between = (first: number, last: number): Bytes =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const bytesOf = (text: string): Bytes => [...text].map((character) => character.charCodeAt(0));

export const digit: Bytes = bytesOf('0123456789');
export const hexDigit: Bytes = [...digit, ...bytesOf('abcdefABCDEF')];
export const letter: Bytes = [...between(0x41, 0x5a), ...between(0x61, 0x7a)];

/** RFC 9110 section 5.6.2. */
export const tokenByte: Bytes = [...bytesOf("!#$%&'*+-.^_`|~"), ...digit, ...letter];

/** RFC 9110 section 5.5: visible, space, tab and obs-text. */
export const fieldByte: Bytes = [0x09, ...between(0x20, 0x7e), ...between(0x80, 0xff)];

/** Any visible ASCII but `#`: a request target has no fragment (RFC 9112 section 3.2). */
export const targetByte: Bytes = between(0x21, 0x7e).filter((byte) => byte !== 0x23);

/** RFC 3986 section 3.2.2 without the percent sign: unreserved and sub-delims. */
export const hostByte: Bytes = [...bytesOf("-._~!$&'()*+,;="), ...digit, ...letter];

/** RFC 3986 section 3.1, after the first letter. */
export const schemeByte: Bytes = [...bytesOf('+-.'), ...digit, ...letter];

export const blank: readonly string[] = [' ', '\t'];

/** Digit to value, for `select`: `{'0': 0, … 'f': 15, 'F': 15}` cut at `base`. */
export function digitValues(base: 10 | 16): Readonly<Record<string, number>> {
  const lower = [...'0123456789abcdef'].slice(0, base);
  return Object.fromEntries(
    lower.flatMap((character, value) => [
      [character, value],
      [character.toUpperCase(), value],
    ]),
  );
}
