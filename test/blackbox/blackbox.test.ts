/** Every check of the suite against every target, as a vitest test of its own. */

import { afterAll, beforeAll, describe, it } from 'vitest';
import { groups, openStage, type Stage } from './suite.ts';
import { targets } from './targets.ts';

describe.each(targets())('$name', (target) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(target);
  });
  afterAll(() => stage.close());

  for (const group of groups) {
    const describeGroup = group.serial ? describe.sequential : describe.concurrent;
    describeGroup(group.name, () => {
      for (const check of group.checks) it(check.name, () => check.run(stage.world));
    });
  }
});
