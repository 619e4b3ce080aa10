/** `hpserver.json` of any version that this one understands → answers. */

import { ExitCode, UserError } from '../error.ts';
import type { Answers } from './question.ts';
import { kSpecVersion, type Spec } from './spec.ts';

/** What `hpserver.json` holds. */
export function documentOf(spec: Spec): object {
  return { version: spec.version, values: spec.values };
}

/**
 * The answers in a parsed `hpserver.json`, brought up to this version; their values are unchecked.
 * Errors: `UserError` (usage) for what is no such document, or one of a newer version.
 */
export function migrate(document: unknown): Answers {
  if (!isRecord(document)) throw unreadable('it is not a JSON object');
  const { version, values } = document;
  if (!Number.isInteger(version) || Number(version) < 1) {
    throw unreadable(`its "version" is ${JSON.stringify(version)}, not a number from 1`);
  }
  if (Number(version) > kSpecVersion) throw tooNew(Number(version));
  if (!isRecord(values)) throw unreadable('its "values" are not an object');
  return { ...values };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tooNew(version: number): UserError {
  const known = `this create-hpserver reads up to ${kSpecVersion}`;
  const issue = {
    at: 'hpserver.json',
    message: `hpserver.json has version ${version}; ${known}`,
    fix: 'Run the newer one: npm create hpserver@latest.',
  };
  return new UserError(ExitCode.usage, [issue]);
}

function unreadable(why: string): UserError {
  const issue = {
    at: 'hpserver.json',
    message: `hpserver.json cannot be read: ${why}`,
    fix: `Restore it, or write {"version": ${kSpecVersion}, "values": {"name": "…"}}.`,
  };
  return new UserError(ExitCode.usage, [issue]);
}
