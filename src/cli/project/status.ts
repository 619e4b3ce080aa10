/** `create-hpserver status`: what has become of each file since it was written. */

import type { Host } from '../../console/host.ts';
import { type Paint, paintFor } from '../../console/paint.ts';
import { columns } from '../../console/text.ts';
import { snapshot } from '../../disk/survey/snapshot.ts';
import { strayPaths } from '../../disk/survey/strays.ts';
import { ExitCode } from '../../error.ts';
import { isSameButForEnds } from '../../merge/content/text-form.ts';
import { isMarked } from '../../merge/marked.ts';
import { pathsOf } from '../../merge/place.ts';
import type { ManifestFile, Written } from '../../tree/manifest.ts';
import type { Snapshot } from '../../tree/snapshot.ts';
import { type CommandSyntax, readInvocation } from '../command.ts';
import { kDoing } from '../flags.ts';
import { toLook } from './opening/open.ts';
import { directoryFirst, kDirectoryFlag, kDirectoryOperand, kJsonFlag } from './project-flags.ts';

export const statusSyntax: CommandSyntax = {
  program: 'create-hpserver status',
  ...kDirectoryOperand,
  summary:
    'Compares each file with what was written: clean, edited, missing, extra, or in conflict.',
  flags: [
    kDirectoryFlag,
    kJsonFlag,
    { name: 'all', takes: 'switch', help: 'list clean files too', group: kDoing },
  ],
};

export type State = 'clean' | 'edited' | 'missing' | 'extra' | 'conflict';

export interface FileState {
  readonly path: string;
  readonly state: State;
  /** Where it was written, if the user has moved it. */
  readonly movedFrom?: string;
}

export async function status(typed: Host): Promise<ExitCode> {
  const host = directoryFirst(typed);
  const invocation = readInvocation(host, statusSyntax);
  if (invocation === null) return ExitCode.done;
  const { directory, written } = await toLook(host, invocation.values);
  const known = pathsOf(written, []);
  const standing = snapshot(directory, known);
  const strays = strayPaths(directory, new Set(known)).filter((path) => !kLockFiles.includes(path));
  const extra = strays.map((path): FileState => ({ path, state: 'extra' }));
  const files = [...statesOf(written, standing), ...extra].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  host.out.write(
    invocation.values.has('json')
      ? `${JSON.stringify({ directory, files })}\n`
      : listing(paintFor(host, host.out), files, invocation.values.has('all')),
  );
  return files.some(({ state }) => state === 'conflict') ? ExitCode.conflicts : ExitCode.done;
}

/** Files that the project's own `install` command writes. */
const kLockFiles = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

function statesOf({ manifest, bases }: Written, standing: Snapshot): readonly FileState[] {
  return manifest.files.map((file) => {
    const path = presentPath(file, standing);
    const moved = path === file.path ? {} : { movedFrom: file.path };
    return { path, state: stateOf(standing, path, bases.get(file.sha256) ?? ''), ...moved };
  });
}

function presentPath({ path, movedTo }: ManifestFile, standing: Snapshot): string {
  return movedTo !== undefined && standing.has(movedTo) ? movedTo : path;
}

function stateOf(standing: Snapshot, path: string, base: string): State {
  const found = standing.get(path);
  if (found === undefined) return 'missing';
  if (found.isPlain && isSameButForEnds(found.text, base)) return 'clean';
  return isMarked(found.text, base) ? 'conflict' : 'edited';
}

const kOrder: readonly State[] = ['conflict', 'edited', 'missing', 'extra', 'clean'];

function listing(paint: Paint, files: readonly FileState[], all: boolean): string {
  const shown = kOrder
    .filter((state) => all || state !== 'clean')
    .flatMap((state) => files.filter((file) => file.state === state));
  const rows = shown.map(({ state, path, movedFrom }) => [
    state,
    movedFrom === undefined ? path : `${path} (was ${movedFrom})`,
  ]);
  const lines = columns(rows).map((line, at) => tint(paint, shown[at]?.state ?? 'clean', line));
  const counts = kOrder.map((state) => {
    return `${files.filter((file) => file.state === state).length} ${state}`;
  });
  return `${[...lines, counts.join(', ')].join('\n')}\n`;
}

function tint(paint: Paint, state: State, line: string): string {
  if (state === 'conflict' || state === 'missing') return paint.red(line);
  return state === 'edited' ? paint.yellow(line) : paint.dim(line);
}
