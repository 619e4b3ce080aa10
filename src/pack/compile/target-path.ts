/** `src/{{addition.name}}.ts`: paths with values in them. */

import { ExitCode, UserError } from '../../error.ts';
import type { ViewPath } from './dependencies.ts';
import type { View, ViewValue } from './view.ts';

const kPlaceholder = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** The paths into the view that a target names. */
export function placeholdersOf(to: string): readonly ViewPath[] {
  return [...to.matchAll(kPlaceholder)].map(([, path = '']) => path.split('.'));
}

/**
 * The target with its values filled in. Errors: `UserError` (usage) if one of them isn't a value.
 */
export function fillTarget(to: string, view: View): string {
  return to.replace(kPlaceholder, (_, path: string) => {
    const value = valueAt(view, path.split('.'));
    if (typeof value !== 'object' && value !== undefined) return String(value);
    const message = `the path "${to}" needs "${path}", which has no value here`;
    const fix = `Add a "when" that applies only if ${path} is answered.`;
    throw new UserError(ExitCode.usage, [{ at: to, message, fix }]);
  });
}

/** What is at a path of a view; undefined if nothing is. */
export function valueAt(view: View, path: ViewPath): ViewValue | undefined {
  let found: unknown = view;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part))
      return undefined;
    found = (found as View)[part];
  }
  return found as ViewValue;
}
