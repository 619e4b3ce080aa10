/** What this kernel allows a server to use, as far as one can tell without trying it. */

import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { compareVersions } from './probe.ts';

export interface KernelFeature {
  readonly name: string;
  readonly status: 'yes' | 'no' | 'perhaps';
  readonly detail: string;
}

export async function kernelFeatures(): Promise<readonly KernelFeature[]> {
  return [
    { name: 'epoll', status: 'yes', detail: 'in every Linux since 2.6' },
    ioUring(await ioUringSources()),
    await openFiles(),
  ];
}

export interface IoUringSources {
  /** `6.1.0-18-amd64`. */
  readonly release: string;
  /** /proc/sys/kernel/io_uring_disabled (since 6.6); null if the file is missing. */
  readonly disabled: string | null;
  /** A seccomp filter applies to this process: /proc/self/status. */
  readonly filtered: boolean;
}

/** For IORING_SETUP_DEFER_TASKRUN; READMEs say so too. See: io_uring_setup(2). */
const kOldestForIoUring = '6.1';

/** Who may use io_uring: no one if the kernel is too old or forbids it. */
export type IoUringAccess = 'allowed' | 'filtered' | 'forbidden' | 'restricted' | 'too-old';

/** See: io_uring_setup(2), and kernel.io_uring_disabled in the kernel's sysctl documentation. */
export function ioUringAccess({
  release: version,
  disabled,
  filtered,
}: IoUringSources): IoUringAccess {
  if (compareVersions(numberOf(version), kOldestForIoUring) < 0) return 'too-old';
  if (disabled === '2') return 'forbidden';
  if (disabled === '1') return 'restricted';
  return filtered ? 'filtered' : 'allowed';
}

/** `6.1.0-18-amd64` → `6.1.0` */
function numberOf(version: string): string {
  return /^\d+(\.\d+)*/.exec(version)?.[0] ?? '0';
}

export function ioUring(from: IoUringSources): KernelFeature {
  const number = numberOf(from.release);
  const sysctl = `sysctl kernel.io_uring_disabled=${from.disabled} forbids it`;
  const features: Readonly<Record<IoUringAccess, Omit<KernelFeature, 'name'>>> = {
    allowed: { status: 'yes', detail: `Linux ${number}` },
    filtered: {
      status: 'perhaps',
      detail: 'a seccomp filter is active; container filters often block io_uring',
    },
    forbidden: { status: 'no', detail: `${sysctl}; set it to 0, or choose epoll` },
    restricted: {
      status: 'perhaps',
      detail: `${sysctl} except to one group; set it to 0, or choose epoll`,
    },
    'too-old': {
      status: 'no',
      detail: `Linux ${number} is older than ${kOldestForIoUring}; choose epoll`,
    },
  };
  return { name: 'io_uring', ...features[ioUringAccess(from)] };
}

export async function ioUringSources(): Promise<IoUringSources> {
  const disabled = await readFile('/proc/sys/kernel/io_uring_disabled', 'utf8').catch(() => null);
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  return {
    release: release(),
    disabled: disabled?.trim() ?? null,
    filtered: /^Seccomp:\s*2/m.test(status),
  };
}

/** Every connection is a descriptor: this limit is how many a server can hold. */
async function openFiles(): Promise<KernelFeature> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, soft = '?', hard = '?'] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(limits) ?? [];
  const detail = `soft limit ${soft}, hard limit ${hard} (ulimit -n)`;
  return { name: 'descriptors', status: 'yes', detail };
}
