/**
 * The flags of `doctor`, in a file of their own so completion can list them without loading the
 * rest.
 */

import { type Flag, kOptions } from '../flags.ts';

export const kDoctorFlags: readonly Flag[] = [
  { name: 'fix', takes: 'switch', help: 'install what is missing', group: kOptions },
  { name: 'json', takes: 'switch', help: 'print the findings as one JSON object', group: kOptions },
  {
    name: 'for',
    takes: 'value',
    values: ['user', 'tests'],
    help: "check for building projects (default), or for create-hpserver's own tests too",
    group: kOptions,
  },
];
