/** If two versions of the tool work on a project, the older one refuses to touch it. */

import { createRequire } from 'node:module';
import type semver from 'semver';
import { packageVersion } from '../package.ts';

const require = createRequire(import.meta.url);

/** False for anything that isn't a version. */
export function isNewer(tool: string): boolean {
  // Loaded by path, and only here: all of semver is 40 files, and `create` needs none of them.
  const valid: typeof semver.valid = require('semver/functions/valid.js');
  const gt: typeof semver.gt = require('semver/functions/gt.js');
  return valid(tool) !== null && gt(tool, packageVersion());
}

/** The next step; null if the version is unknown. */
export function runNewer(tool: string | null): string {
  return `Run the newer version: npm create hpserver@${tool ?? 'latest'}.`;
}
