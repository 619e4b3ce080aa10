/** What this kernel allows a server to use, as far as it can be read without trying. */

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
    ioUring(await sources()),
    await openFiles(),
  ];
}

export interface IoUringSources {
  /** `6.1.0-18-amd64`. */
  readonly release: string;
  /** /proc/sys/kernel/io_uring_disabled (since 6.6); null where the file is not there. */
  readonly disabled: string | null;
  /** A seccomp filter stands over this process: /proc/self/status. */
  readonly filtered: boolean;
}

/** See: io_uring_setup(2), and kernel.io_uring_disabled in the kernel's sysctl documentation. */
export function ioUring({ release: version, disabled, filtered }: IoUringSources): KernelFeature {
  const name = 'io_uring';
  const number = /^\d+(\.\d+)*/.exec(version)?.[0] ?? '0';
  if (compareVersions(number, '5.11') < 0) {
    return { name, status: 'no', detail: `Linux ${number} is older than 5.11; choose epoll` };
  }
  if (disabled === '2' || disabled === '1') {
    const who = disabled === '1' ? ' but for one group' : '';
    const detail = `sysctl kernel.io_uring_disabled=${disabled} forbids it${who}; set it to 0, or choose epoll`;
    return { name, status: disabled === '2' ? 'no' : 'perhaps', detail };
  }
  if (filtered) {
    const detail = 'a seccomp filter is active, and those of containers often refuse it';
    return { name, status: 'perhaps', detail };
  }
  return { name, status: 'yes', detail: `Linux ${number}` };
}

async function sources(): Promise<IoUringSources> {
  const disabled = await readFile('/proc/sys/kernel/io_uring_disabled', 'utf8').catch(() => null);
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  return {
    release: release(),
    disabled: disabled?.trim() ?? null,
    filtered: /^Seccomp:\s*2/m.test(status),
  };
}

/** A connection is a descriptor: this limit is how many a server can hold. */
async function openFiles(): Promise<KernelFeature> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, soft = '?', hard = '?'] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(limits) ?? [];
  const detail = `soft limit ${soft}, hard limit ${hard} (ulimit -n)`;
  return { name: 'descriptors', status: 'yes', detail };
}
