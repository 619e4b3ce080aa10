/** Which daemon options an architecture cannot have. */

import type { Rule } from '../../src/spec/rule.ts';
import { concurrencyModel } from '../architecture/concurrency-model.ts';
import { chroot } from './questions.ts';

/** All except the one without workers. */
const kWithWorkers: readonly string[] = concurrencyModel.choices
  .map(({ value }) => value)
  .filter((value) => value !== 'single');

export const daemonRules: readonly Rule[] = [
  {
    when: {
      language: ['typescript'],
      'concurrency.model': kWithWorkers,
      [chroot.key]: [true],
    },
    status: 'refused',
    message: 'a TypeScript worker loads its modules when it starts, and finds none in another root',
    fix:
      'Omit --daemon-chroot and let systemd (RootDirectory=) or a container change the root, or ' +
      'choose --concurrency-model single.',
  },
];
