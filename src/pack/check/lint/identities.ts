/** Things that must be distinguishable: versions of a pack, and files of several additions. */

import type { Issue } from '../../../error.ts';
import { placeholdersOf } from '../../compile/target-path.ts';
import type { PackAddition, PackFile } from '../../document/document.ts';
import { textOf } from '../../source/pack-folder.ts';
import type { Bench } from '../bench.ts';

/**
 * npm is asked for the version in hppack.json, but knows packages by the version in package.json.
 */
export function versionIssues({ open }: Bench): readonly Issue[] {
  const { document, folder } = open;
  const version = versionIn(textOf(folder, 'package.json'));
  if (document === null || version === null || version === document.version) return [];
  return [
    {
      at: 'package.json: version',
      message: `it is ${version}, but hppack.json says ${document.version}`,
      fix: 'Use the same version in both: npm is asked for the one in hppack.json.',
    },
  ];
}

function versionIn(text: string | null): string | null {
  if (text === null) return null;
  try {
    const { version } = JSON.parse(text) as { readonly version?: unknown };
    return typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}

/** Files of additions whose path doesn't depend on the addition's name. */
export function sameTargets({ open }: Bench): readonly Issue[] {
  return (open.document?.additions ?? []).flatMap((addition, at) => targetsIn(addition, at));
}

function targetsIn({ kind, questions, files }: PackAddition, at: number): readonly Issue[] {
  const name = questions[0]?.key ?? '';
  return files.flatMap((file, index) =>
    isNamed(file, name)
      ? []
      : [
          {
            at: `hppack.json: additions[${at}].files[${index}].to`,
            message: `"${file.to}" is the same path for every ${kind}, so only one can be added`,
            fix: `Include its name in the path: {{addition.${name}}}.`,
          },
        ],
  );
}

/** True if the path contains the name, or if the condition holds for a single addition only. */
function isNamed({ to, when }: PackFile, name: string): boolean {
  if (when?.[`addition.${name}`]?.length === 1) return true;
  const paths = placeholdersOf(to).map((path) => path.join('.'));
  return paths.some(
    (path) => path === `addition.${name}` || path.startsWith(`addition.as.${name}.`),
  );
}
