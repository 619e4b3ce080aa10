/** What the user writes after `--pack`, classified. */

import { resolve } from 'node:path';
import semver from 'semver';
import { ExitCode, UserError } from '../../error.ts';
import { isPath, isTarball } from './path-source.ts';

export type SourceReference =
  /** Absolute. */
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'tarball'; readonly path: string }
  | { readonly kind: 'npm'; readonly name: string; readonly range: string }
  | { readonly kind: 'git'; readonly url: string; readonly commit: string };

const kPackageName = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;
/** `file:` is for tests and mirrors on this machine; `git:` and `http:` can be tampered with. */
const kProtocols = ['https:', 'ssh:', 'file:'];

/** `directory` is the base of relative paths. Errors: `UserError` (usage). */
export function parseSource(source: string, directory: string): SourceReference {
  if (source.startsWith('git+')) return gitReference(source);
  if (isPath(source)) {
    const path = resolve(directory, source);
    return isTarball(source) ? { kind: 'tarball', path } : { kind: 'folder', path };
  }
  const at = source.indexOf('@', 1);
  const name = at === -1 ? source : source.slice(0, at);
  const range = at === -1 ? 'latest' : source.slice(at + 1);
  if (!kPackageName.test(name) || !isRegistryRange(range)) {
    const all = 'Use ./FOLDER, an npm NAME[@RANGE], FILE.tgz, or git+URL#COMMIT.';
    const fix = /^\w[\w./-]*$/.test(source) ? `Did you mean ./${source}? ${all}` : all;
    throw refusal(source, `"${source}" is not the source of a pack`, fix);
  }
  return { kind: 'npm', name, range };
}

/**
 * What npm looks up in a registry. It takes `..` and `x.tgz` as files, and `user/name` as a
 * repository. See: https://docs.npmjs.com/cli/using-npm/package-spec
 */
function isRegistryRange(range: string): boolean {
  const isTag = /^[A-Za-z][\w-]*$/.test(range);
  return isTag || (/^[\w.^~<>=|*+ -]+$/.test(range) && semver.validRange(range) !== null);
}

function gitReference(source: string): SourceReference {
  const [url = '', commit = ''] = source.slice('git+'.length).split('#', 2);
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit)) {
    const fix = `Use git+${url}#COMMIT with the full commit hash, from "git ls-remote ${url}".`;
    throw refusal(source, 'a git source must name a commit, since branches and tags move', fix);
  }
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  // git passes the host to ssh as an argument: a leading dash would make it an option.
  const isHostile = URL.canParse(url) && new URL(url).hostname.startsWith('-');
  if (!kProtocols.includes(protocol) || isHostile) {
    const fix = 'Use git+https://HOST/PATH#COMMIT or git+ssh://git@HOST/PATH#COMMIT.';
    throw refusal(source, `packs cannot be fetched from "${url}"`, fix);
  }
  return { kind: 'git', url, commit };
}

function refusal(at: string, message: string, fix: string): UserError {
  return new UserError(ExitCode.usage, [{ at, message, fix }]);
}
