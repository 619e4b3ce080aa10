/** Two versions of the tool in one project: the older one leaves it to the newer one. */

// By their own paths: the whole of semver is 40 files, and every command would load them.
import gt from 'semver/functions/gt.js';
import valid from 'semver/functions/valid.js';
import { packageVersion } from '../package.ts';

/** False for what is no version. */
export function isNewer(tool: string): boolean {
  return valid(tool) !== null && gt(tool, packageVersion());
}

/** The next step; null: nobody knows which version it was. */
export function runNewer(tool: string | null): string {
  return `Run the newer one: npm create hpserver@${tool ?? 'latest'}.`;
}
