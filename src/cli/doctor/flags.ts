/** The flags of `doctor`: here alone, so that completion can tell them without loading the rest. */

import { type Flag, kDoing } from '../flags.ts';

export const kDoctorFlags: readonly Flag[] = [
  { name: 'fix', takes: 'switch', help: 'install what is missing', group: kDoing },
  { name: 'json', takes: 'switch', help: 'the findings as one JSON object', group: kDoing },
  {
    name: 'for',
    takes: 'value',
    values: ['user', 'tests'],
    help: 'user: to build a project (default); tests: for the tests of create-hpserver too',
    group: kDoing,
  },
];
