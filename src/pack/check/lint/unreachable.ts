/** Files that are never generated, whatever the answers. */

import type { Issue } from '../../../error.ts';
import type { AllOf, Answers, Condition } from '../../../spec/question.ts';
import type { PackFile } from '../../document/document.ts';
import type { Bench } from '../bench.ts';
import { kMostWays, waysOf } from './ways.ts';

/** The maximum number of answer sets tried for one file. */
const kMostTries = 4_000;

interface Conditioned {
  readonly at: string;
  readonly file: PackFile;
  readonly id: string;
  readonly kind: string | null;
  /** The file's own condition, and that of its addition. */
  readonly conditions: readonly Condition[];
}

/** `planned` are the ids already seen: answers are searched only for the others. */
export function unreachableIssues(bench: Bench, planned: ReadonlySet<string>): readonly Issue[] {
  return filesOf(bench)
    .filter(({ id, kind }) => !hasId(planned, id, kind))
    .filter(({ conditions }) => !isPossible(bench, conditions))
    .map(({ at, file }) => ({
      at: `hppack.json: ${at}`,
      message: `no answers produce ${file.to}: its condition is never true`,
      fix: 'Change its "when", or the constraint that rules it out.',
    }));
}

/** The id of an addition's file consists of the planned id and the addition's name. */
function hasId(planned: ReadonlySet<string>, id: string, kind: string | null): boolean {
  if (kind === null) return planned.has(id);
  return [...planned].some((each) => each.startsWith(`${id}/`));
}

function filesOf({ open }: Bench): readonly Conditioned[] {
  const { document } = open;
  if (document === null) return [];
  const own = document.files.map((file, at) => ({
    at: `files[${at}]`,
    file,
    id: `${document.name}/${file.id ?? file.from}`,
    kind: null,
    conditions: [file.when ?? {}],
  }));
  const added = document.additions.flatMap(({ kind, when, files }, addition) =>
    files.map((file, at) => ({
      at: `additions[${addition}].files[${at}]`,
      file,
      id: `${document.name}/${kind}/${file.id ?? file.from}`,
      kind,
      conditions: [when ?? {}, file.when ?? {}],
    })),
  );
  return [...own, ...added];
}

/** Whether some spec, in any architecture, meets all the conditions. */
function isPossible({ catalog, parse }: Bench, conditions: readonly Condition[]): boolean {
  const architectures = catalog.architectures().filter(({ status }) => status !== 'refused');
  const ways = waysOf(conditions, catalog.questions);
  if (ways.length >= kMostWays) return true;
  let tries = 0;
  for (const answers of ways.flatMap(productOf)) {
    for (const { values } of [{ values: {} }, ...architectures]) {
      const isOther = Object.keys(values).some(
        (key) => key in answers && answers[key] !== (values as Answers)[key],
      );
      if (isOther) continue;
      tries += 1;
      if (tries > kMostTries) return true;
      if (parse({ name: 'demo', ...values, ...answers }).ok) return true;
    }
  }
  return false;
}

function productOf(way: AllOf): readonly Answers[] {
  let rows: readonly Answers[] = [{}];
  for (const [key, values] of Object.entries(way)) {
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [key]: value })));
  }
  return rows;
}
