/**
 * What this machine's kernel would refuse. The server may run elsewhere, so these rules only warn.
 */

import type { AllOf } from '../../src/spec/question.ts';
import type { Rule } from '../../src/spec/rule.ts';

const kUring: AllOf = { 'io.model': ['io_uring'] };

export const machineRules: readonly Rule[] = [
  {
    when: kUring,
    status: 'warn',
    message: "this machine's kernel forbids io_uring (kernel.io_uring_disabled=2)",
    fix:
      'On the machine that runs the server, run sudo sysctl kernel.io_uring_disabled=0, or ' +
      'choose --io-model epoll.',
    machine: { 'io-uring': ['forbidden'] },
  },
  {
    when: kUring,
    status: 'warn',
    message: "this machine's kernel restricts io_uring to one group (kernel.io_uring_disabled=1)",
    fix:
      'Run the server in the group set by kernel.io_uring_group, or set kernel.io_uring_disabled ' +
      'to 0.',
    machine: { 'io-uring': ['restricted'] },
  },
  {
    when: kUring,
    status: 'warn',
    message:
      'this process runs under a seccomp filter, and container filters usually refuse io_uring',
    fix:
      'Run the server with a profile that allows io_uring_setup, io_uring_enter and ' +
      'io_uring_register.',
    machine: { 'io-uring': ['filtered'] },
  },
  {
    when: kUring,
    status: 'warn',
    message: "this machine's Linux is too old for io_uring: the server needs 6.1 or newer",
    fix: 'Choose --io-model epoll, or run the server on a newer kernel.',
    machine: { 'io-uring': ['too-old'] },
  },
];
