/** A git repository with a first commit, unless the project is already inside one. */

import type { Issue } from '../../error.ts';
import { kWithoutPrograms } from '../../native/git.ts';
import { runCommand } from '../../native/run-command.ts';

/**
 * Null if it succeeded or there was nothing to do. Otherwise a warning, since the project exists
 * anyway.
 */
export async function firstCommit(directory: string): Promise<Issue | null> {
  const git = (...args: string[]) => runCommand(['git', ...kWithoutPrograms, ...args], directory);
  const version = await git('--version');
  if (version.status !== 0) return null;
  const inside = await git('rev-parse', '--is-inside-work-tree');
  if (inside.status === 0) return null;
  const steps: readonly (readonly string[])[] = [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    // The user's signing key may ask for a passphrase, and no one would see the prompt here.
    ['-c', 'commit.gpgSign=false', 'commit', '--quiet', '--message=Initial commit'],
  ];
  for (const step of steps) {
    const { status, tail } = await git(...step);
    if (status === 0) continue;
    return {
      at: 'git',
      message: `git ${step.find((word) => !word.includes('=') && word !== '-c')} failed: ${tail[0] ?? 'no reason given'}`,
      fix: 'Fix the cause and commit by hand, or use --no-git to skip git.',
    };
  }
  return null;
}
