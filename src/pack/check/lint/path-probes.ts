/** Whether answers could lead a path out of the project: hostile values are tried on patterns. */

import type { Issue } from '../../../error.ts';
import { pathFault } from '../../../plan/safe-path.ts';
import { checkValue } from '../../../spec/parse/check-value.ts';
import type { Question } from '../../../spec/question.ts';
import { placeholdersOf } from '../../compile/target-path.ts';
import type { PackFile } from '../../document/document.ts';
import type { Bench } from '../bench.ts';

const kProbes = ['../x', '/x', '..', '.', 'a/../../x', 'a\\b', '.git', '.git/hooks/x', '', 'a?'];

/** Reports questions that are used in a path, but accept a value that no path may contain. */
export function pathIssues({ open, catalog }: Bench): readonly Issue[] {
  const { document } = open;
  if (document === null) return [];
  const files = issuesOf(document.files, 'files', catalog.questions);
  const added = document.additions.flatMap(({ files: own, questions }, at) => {
    const prefixed = questions.map((each) => ({ ...each, key: `addition.${each.key}` }));
    return issuesOf(own, `additions[${at}].files`, [...catalog.questions, ...prefixed]);
  });
  return [...files, ...added];
}

function issuesOf(
  files: readonly PackFile[],
  at: string,
  questions: readonly Question[],
): readonly Issue[] {
  return files.flatMap(({ to }, index) =>
    placeholdersOf(to).flatMap((path) => {
      const question = questions.find(({ key }) => key === path.join('.'));
      const probe = question === undefined ? null : hostileAnswer(question, to);
      if (question === undefined || probe === null) return [];
      const message = `"${question.key}" may be ${JSON.stringify(probe)}, and is used in "${to}"`;
      const fix = 'Give that question a pattern, such as "[a-z][a-z0-9-]*".';
      return [{ at: `hppack.json: ${at}[${index}].to`, message, fix }];
    }),
  );
}

/**
 * The first hostile value that the question accepts, but no path may contain; null if there is
 * none.
 */
function hostileAnswer(question: Question, to: string): string | null {
  const found = kProbes.find((probe) => {
    const filled = to.replaceAll(`{{${question.key}}}`, probe).replaceAll(/\{\{[^{}]*\}\}/g, 'x');
    return pathFault(filled) !== null && checkValue(question, probe).ok;
  });
  return found ?? null;
}
