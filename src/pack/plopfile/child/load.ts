/** A plopfile, loaded as plop would, or by jiti where it is TypeScript. */

import type { NodePlopAPI } from 'node-plop';
import type { Place } from '../protocol.ts';

export type NodePlop = typeof import('node-plop')['default'];

export async function importPlop(): Promise<NodePlop> {
  const { default: nodePlop } = await import('node-plop');
  return nodePlop;
}

/** Errors: whatever the plopfile throws. */
export async function load(
  nodePlop: NodePlop,
  { plopfile, destination }: Place,
): Promise<NodePlopAPI> {
  const options = { destBasePath: destination, force: false };
  if (!/\.[cm]?ts$/.test(plopfile)) return await nodePlop(plopfile, options);
  const { createJiti } = await import('jiti');
  const jiti = createJiti(plopfile, { fsCache: false });
  const exported = await jiti.import(plopfile, { default: true });
  if (typeof exported !== 'function') throw new TypeError('it exports no function');
  const plop = await nodePlop('', options);
  plop.setPlopfilePath(plopfile);
  // Plop's own functions can be taken off the object; this one is a method.
  const setGenerator: NodePlopAPI['setGenerator'] = (name, config) =>
    plop.setGenerator(name, config);
  await exported({ ...plop, setGenerator }, options);
  return plop;
}
