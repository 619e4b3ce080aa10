/**
 * Moves an action's target: in plop's usual layout, the plopfile's folder is the project itself.
 */

import { join, relative, sep } from 'node:path';

export interface Folders {
  /** The plopfile's own. */
  readonly from: string;
  /** The project's. */
  readonly to: string;
}

/** The same action, with paths below the plopfile's folder moved below the project. */
export function placedAction<Action>(action: Action, folders: Folders): Action {
  if (typeof action !== 'object' || action === null) return action;
  const changed = ['path', 'destination'].flatMap((key) => {
    const said: unknown = (action as Readonly<Record<string, unknown>>)[key];
    return typeof said === 'string' && isBelow(said, folders)
      ? [[key, join(folders.to, relative(folders.from, said))] as const]
      : [];
  });
  return changed.length === 0 ? action : { ...action, ...Object.fromEntries(changed) };
}

function isBelow(path: string, { from, to }: Folders): boolean {
  const isIn = (folder: string): boolean => path === folder || path.startsWith(folder + sep);
  return isIn(from) && !isIn(to);
}
