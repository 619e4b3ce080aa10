/** What `npx plop` offers in a clone: a server, or a generator for another server feature. */

import type { NodePlopAPI } from 'plop';
import { hpserver } from './hpserver.ts';
import { newGenerator } from './new-generator.ts';

export function plopfile(plop: NodePlopAPI): void {
  plop.setGenerator('hpserver', hpserver);
  plop.setGenerator('generator', newGenerator);
}
