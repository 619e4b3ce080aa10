/** `hpserver.json` of any supported version → a draft of the configuration. */

import { ExitCode, type Issue, UserError } from '../../error.ts';
import { isRecord } from '../../record.ts';
import type { Addition } from '../addition.ts';
import type { Draft } from '../draft.ts';
import { kSpecVersion, type Spec } from '../spec.ts';
import { reservedIn, reservedIssue } from '../words/reserved.ts';

type Document = Readonly<Record<string, unknown>>;

/** For editors, which use it to complete keys and choices. */
export const kSchemaUrl = 'https://unpkg.com/create-hpserver/schemas/hpserver.schema.json';

/** The contents of `hpserver.json`; empty lists are left out. */
export function documentOf(spec: Spec): object {
  const { version, values, additions, packs, owners } = spec;
  return {
    $schema: kSchemaUrl,
    version,
    values,
    ...(additions.length > 0 ? { additions: additions.map(printable) } : {}),
    ...(packs.length > 0 ? { packs } : {}),
    ...(Object.keys(owners).length > 0 ? { owners } : {}),
  };
}

function printable({ kind, values }: Addition): object {
  return { kind, ...values };
}

/** The steps from each version to the next. The first one leads from version 1 to version 2. */
const kSteps: readonly ((document: Document) => Document)[] = [
  // Version 1 had only answers.
  ({ values }) => ({ values, additions: [], packs: [], owners: {} }),
];

/**
 * The configuration in a parsed `hpserver.json`, converted to this version; only its form is
 * checked. Errors: `UserError` (usage) if it isn't such a document, or is of a newer version.
 */
export function migrate(document: unknown): Draft {
  if (!isRecord(document)) throw unreadable('it is not a JSON object');
  const reserved = reservedIn(document);
  if (reserved !== null) throw refused(reservedIssue('hpserver.json', reserved));
  const version = Number(document.version);
  if (!Number.isInteger(document.version) || version < 1) {
    throw unreadable(`its "version" is ${JSON.stringify(document.version)}, not a number from 1`);
  }
  if (version > kSpecVersion) throw tooNew(version);
  const present = kSteps.slice(version - 1).reduce((older, step) => step(older), document);
  const { values, additions = [], packs = [], owners = {} } = present;
  if (!isRecord(values)) throw unreadable('its "values" are not an object');
  if (!isList(additions)) throw unreadable('its "additions" are not a list of objects');
  if (!isList(packs)) throw unreadable('its "packs" are not a list of objects');
  if (!isRecord(owners)) throw unreadable('its "owners" are not an object');
  return { answers: { ...values }, additions, packs, owners };
}

function isList(value: unknown): value is readonly Document[] {
  return Array.isArray(value) && value.every(isRecord);
}

function tooNew(version: number): UserError {
  const known = `this create-hpserver reads up to ${kSpecVersion}`;
  const issue = {
    at: 'hpserver.json',
    message: `hpserver.json has version ${version}; ${known}`,
    fix: 'Run the newer version: npm create hpserver@latest.',
  };
  return refused(issue);
}

function refused(issue: Issue): UserError {
  return new UserError(ExitCode.usage, [issue]);
}

function unreadable(why: string): UserError {
  const issue = {
    at: 'hpserver.json',
    message: `cannot read hpserver.json: ${why}`,
    fix: `Restore it, or write {"version": ${kSpecVersion}, "values": {"name": "…"}}.`,
  };
  return refused(issue);
}
