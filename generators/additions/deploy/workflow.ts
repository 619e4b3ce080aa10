/** A GitHub Actions workflow that builds and tests. */

import type { Contributed } from '../../../src/plan/contribution.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { isCpp } from '../intent.ts';
import type { DeployFile } from './host.ts';

export function workflowFiles(spec: Spec, { libraries }: Contributed): readonly DeployFile[] {
  const view = {
    liburing: answerOf(spec, 'io.model') === 'io_uring',
    libraries: libraries.items.flatMap(({ cpp }) => (cpp === null ? [] : [cpp.debian.build])),
  };
  const language = isCpp(spec) ? 'cpp' : 'typescript';
  return [{ path: '.github/workflows/build.yaml', template: `${language}/workflow.yaml`, view }];
}
