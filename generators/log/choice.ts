/** The answers about logs, as files and settings need them. */

import { answerOf, type Spec } from '../../src/spec/spec.ts';

export type Target = 'stderr' | 'file' | 'syslog' | 'udp' | 'journald';
export type AccessFormat = 'off' | 'common' | 'combined' | 'json';

export interface LogChoice {
  readonly name: string;
  readonly targets: readonly Target[];
  /** The targets that receive datagrams. */
  readonly servers: readonly Target[];
  /** Whether the setting `log` exists. */
  readonly local: boolean;
  readonly access: AccessFormat;
  /** Lines to standard error, or to the file that `log` names; a short line per request. */
  readonly isPlain: boolean;
}

/** The answers that `logChoiceOf` reads, for `because`. */
export const kLogKeys: readonly string[] = ['log.access', 'log.targets', 'name'];

export function logChoiceOf(spec: Spec): LogChoice {
  const targets = targetsOf(spec);
  const access = String(answerOf(spec, 'log.access')) as AccessFormat;
  const isPlain = targets.length === 1 && targets[0] === 'stderr' && access === 'off';
  return {
    name: String(answerOf(spec, 'name')),
    targets,
    servers: targets.filter((target) => target !== 'stderr' && target !== 'file'),
    local: targets.includes('stderr') || targets.includes('file'),
    access,
    isPlain,
  };
}

function targetsOf(spec: Spec): readonly Target[] {
  const answer = answerOf(spec, 'log.targets');
  return Array.isArray(answer) ? answer : [];
}
