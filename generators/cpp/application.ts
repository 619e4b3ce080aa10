/** The application of a project, as C++ sees it. */

import type { CppApplication } from '../../src/plan/application.ts';
import type { Contributed } from '../../src/plan/contribution.ts';

/** Throws if no generator contributes one. */
export function applicationOf({ applications: { items } }: Contributed): CppApplication {
  const application = items[0]?.cpp;
  if (!application) throw new Error('no generator contributes a C++ application');
  return application;
}
