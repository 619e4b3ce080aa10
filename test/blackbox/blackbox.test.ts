/** Every check of the suite against every target, each as a vitest test. */

import { afterAll, beforeAll, describe, it } from 'vitest';
import { groups, isAmplified, openStage, type Stage } from './suite.ts';
import { subjects } from './targets.ts';

describe.each(subjects())('$name', ({ thorough, prepare }) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await prepare());
  });
  afterAll(() => stage.close());

  for (const group of groups) {
    const checks = group.checks.filter((check) => thorough || !isAmplified(check.name));
    const describeGroup = group.serial ? describe.sequential : describe.concurrent;
    describeGroup(group.name, () => {
      for (const check of checks) it(check.name, () => check.run(stage.world));
    });
  }
});
