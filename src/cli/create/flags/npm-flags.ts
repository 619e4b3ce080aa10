/**
 * `npm create hpserver app --dry-run` without `--`: npm takes the flags as its own configuration.
 * They reach us only as `npm_config_*` variables, so a dry run would write.
 */

import type { Host } from '../../../console/host.ts';
import type { Issue } from '../../../error.ts';
import { type Flag, usage } from '../../flags.ts';

/** npm has flags with these names, too, so a variable alone doesn't show whom the user meant. */
const kNpmsOwn: ReadonlySet<string> = new Set(['yes', 'version', 'help']);

/** The problem, with the corrected command; null if npm swallowed no flag. */
export function swallowedFlags(flags: readonly Flag[], host: Host): Issue | null {
  if (!startedByNpm(host.env)) return null;
  // A flag among the arguments proves that the user typed `--`, so the variables are npm's own.
  if (host.args.some((argument) => argument.length > 1 && argument.startsWith('-'))) return null;
  const swallowed = flags.flatMap((flag) => respell(flag, host.env));
  if (swallowed.every(({ npmsOwn }) => npmsOwn)) return null;
  const words = swallowed.map(({ word }) => word);
  const command = host.env.npm_command === 'init' ? 'npm create hpserver@latest' : kNpx;
  return {
    at: words.map((word) => word.replace(/[= ].*/s, '')).join(', '),
    message:
      'npm took these flags for itself because there is no -- before them; without them, this ' +
      'run would not do what you asked',
    fix: `${command} -- ${[...host.args, ...words].join(' ')}`,
  };
}

const kNpx = 'npx create-hpserver@latest';

function startedByNpm(env: Host['env']): boolean {
  const command = env.npm_command;
  return env.npm_lifecycle_event === 'npx' && (command === 'init' || command === 'exec');
}

interface Swallowed {
  readonly word: string;
  readonly npmsOwn: boolean;
}

function respell(flag: Flag, env: Host['env']): readonly Swallowed[] {
  return [flag.name, ...(flag.aliases ?? [])].flatMap((name): readonly Swallowed[] => {
    const value = env[`npm_config_${name.replaceAll('-', '_')}`];
    const word = value === undefined ? null : spelling(flag, name, value);
    return word === null ? [] : [{ word, npmsOwn: kNpmsOwn.has(name) }];
  });
}

/**
 * npm 11 sets `true` for `--x` (and leaves the next word among our arguments), the value for
 * `--x=value`, and the empty string or `false` for `--no-x`. For a name npm knows, such as `json`
 * or `git`, the empty string may also be its default, and any text a path from npmrc.
 */
function spelling(flag: Flag, name: string, value: string): string | null {
  if (flag.takes === 'switch') return value === 'true' ? `--${name}` : null;
  if (flag.takes === 'toggle') {
    if (value === 'true') return `--${name}`;
    if (value === 'false' || (value === '' && name !== 'git')) return `--no-${name}`;
    return null;
  }
  if (value === '') return null;
  return value === 'true' ? usage({ ...flag, name, values: ['VALUE'] }) : `--${name}=${value}`;
}
