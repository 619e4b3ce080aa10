import { isIPv4, isIPv6 } from 'node:net';

/** Why this is not a list of proxies; null if it is. */
export function faultOfProxies(list: string): string | null {
  if (list.trim() === '' || list.split(',').every((text) => isRange(text.trim()))) return null;
  return 'is not a list of addresses, ranges such as 10.0.0.0/8, or unix:';
}

/** `10.0.0.0/8`. Bits set after the prefix would be a mistake. */
function isRange(text: string): boolean {
  if (text === 'unix:') return true;
  const [host = '', digits, ...rest] = text.split('/');
  if (rest.length > 0) return false;
  const bits = isIPv4(host) ? ipv4Bits(host) : isIPv6(host) ? ipv6Bits(host) : null;
  if (bits === null) return false;
  if (digits === undefined) return true;
  const isPrefix = /^\d{1,3}$/.test(digits) && Number(digits) <= bits.length;
  return isPrefix && !bits.slice(Number(digits)).includes('1');
}

function ipv4Bits(host: string): string {
  return host
    .split('.')
    .map((part) => inBinary(Number(part), 8))
    .join('');
}

/** The bits of the address as URL normalizes it, plus the zeros that URL leaves out. */
function ipv6Bits(host: string): string | null {
  if (host.includes('%')) return null;
  const written = new URL(`http://[${host}]`).hostname.slice(1, -1);
  const [before = [], after = []] = written
    .split('::')
    .map((half) => half.split(':').filter((part) => part !== ''));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after]
    .map((part) => inBinary(Number.parseInt(part, 16), 16))
    .join('');
}

function inBinary(value: number, digits: number): string {
  return value.toString(2).padStart(digits, '0');
}
