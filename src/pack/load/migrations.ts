/** Answers to the questions of a pack's earlier version → to those of this one. */

import semver from 'semver';
import type { Answers } from '../../spec/question.ts';
import type { PackDocument, PackMigration } from '../document/document.ts';

/** Each migration whose range includes the version applies, in order. */
export function migrated({ migrations }: PackDocument, answers: Answers, from: string): Answers {
  if (semver.valid(from) === null) return answers;
  return migrations
    .filter((migration) => semver.satisfies(from, migration.from, { includePrerelease: true }))
    .reduce(applied, answers);
}

function applied(answers: Answers, { rename, map, drop }: PackMigration): Answers {
  const kept = Object.entries(answers).filter(([key]) => !drop.includes(key));
  return Object.fromEntries(
    kept.map(([old, value]) => {
      const key = own(rename, old) ?? old;
      return [key, own(own(map, key) ?? {}, String(value)) ?? value];
    }),
  );
}

/** Looks only at the record's own properties: a JSON key may be called `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
