/** The one house rule that takes a compiler: not in `npm run check`, which is quick. */

import { expect, test } from 'vitest';
import { dependentHeaders } from './tidy/headers.ts';
import { allSources } from './tidy/sources.ts';

test('every C++ header compiles alone', async () => {
  const headers = allSources().filter(({ path }) => /^native-core\/include\/.*\.h$/.test(path));
  expect(headers.length).toBeGreaterThan(100);
  expect(await dependentHeaders(headers)).toEqual([]);
});
