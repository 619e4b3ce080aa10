/** A plopfile, loaded as plop would, or by jiti if it is TypeScript. */

import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ActionType, NodePlopAPI, PlopGeneratorConfig } from 'node-plop';
import type { PlopfilePlace } from '../protocol.ts';
import { placedAction } from './placed-action.ts';

export type NodePlop = typeof import('node-plop')['default'];

export async function importPlop(): Promise<NodePlop> {
  const { default: nodePlop } = await import('node-plop');
  return nodePlop;
}

/** Errors: whatever the plopfile throws. */
export async function load(nodePlop: NodePlop, place: PlopfilePlace): Promise<NodePlopAPI> {
  const { plopfile, destination } = place;
  const options = { destBasePath: destination, force: false };
  const exported = await exportedBy(plopfile);
  if (typeof exported !== 'function') throw new TypeError('it exports no function');
  const plop = await nodePlop('', options);
  plop.setPlopfilePath(plopfile);
  // Plop's own functions work detached from the object; this one is a method.
  const setGenerator = (name: string, config: Partial<PlopGeneratorConfig>) =>
    plop.setGenerator(name, { ...config, actions: placed(config.actions, place) } as never);
  await exported({ ...plop, setGenerator }, options);
  return plop;
}

async function exportedBy(plopfile: string): Promise<unknown> {
  if (/\.[cm]?ts$/.test(plopfile)) {
    const { createJiti } = await import('jiti');
    return await createJiti(plopfile, { fsCache: false }).import(plopfile, { default: true });
  }
  const { default: exported } = await import(pathToFileURL(plopfile).href);
  // CommonJS compiled from an ES module.
  return typeof exported === 'object' && exported !== null && 'default' in exported
    ? exported.default
    : exported;
}

type Actions = PlopGeneratorConfig['actions'] | undefined;

function placed(actions: Actions, place: PlopfilePlace): Actions {
  const folders = { from: dirname(place.plopfile), to: place.destination };
  const each = (list: readonly ActionType[] | null | undefined) =>
    Array.isArray(list) ? list.map((action) => placedAction(action, folders)) : (list as never);
  return typeof actions === 'function' ? (answers) => each(actions(answers)) : each(actions);
}
