/** `create-hpserver diff`: what regenerating would change, or what you have changed. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { ExitCode, UserError } from '../../error.ts';
import type { Preview } from '../../project.ts';
import { type CommandSyntax, readInvocation } from '../command.ts';
import { kDoing } from '../flags.ts';
import { kTrustFlag } from '../packs.ts';
import { type DiffSides, patchOf, unifiedDiff } from './diff-text.ts';
import { toRead } from './opening/open.ts';
import { fromRoot, isWithin } from './opening/paths.ts';
import { planned } from './opening/planned.ts';
import { revisedDraft } from './opening/wish.ts';
import { kDirectoryFlag, kJsonFlag } from './project-flags.ts';

const kMaxPaths = 1000;

export const diffSyntax: CommandSyntax = {
  program: 'create-hpserver diff',
  operand: '[PATH …]',
  maxOperands: kMaxPaths,
  summary:
    'Shows what regenerating would change in your files; with --mine, what you have changed.',
  flags: [
    kDirectoryFlag,
    kTrustFlag,
    kJsonFlag,
    {
      name: 'mine',
      takes: 'switch',
      help: 'show your edits since the last update instead',
      group: kDoing,
    },
  ],
};

export async function diff(host: Host): Promise<ExitCode> {
  const invocation = readInvocation(host, diffSyntax);
  if (invocation === null) return ExitCode.done;
  const opening = { flags: invocation.values, program: diffSyntax.program };
  const project = await toRead(host, opening);
  const { preview } = await planned(project, revisedDraft(project, {}));
  const isKnown = (path: string) => preview.changes.some((change) => isWithin(change.path, path));
  const wanted = invocation.operands.map((typed) =>
    fromRoot(host, project.directory, typed, isKnown),
  );
  refuseUnknown(wanted.filter((path) => !isKnown(path)));
  const all = invocation.values.has('mine') ? ownEdits(preview) : whatChanges(preview);
  const isMeant = ({ path }: DiffSides) =>
    wanted.length === 0 || wanted.some((one) => isWithin(path, one));
  const meant = all.filter(isMeant);
  if (invocation.values.has('json')) host.out.write(await diffReport(preview, meant));
  else await writeDiffs(host, preview, meant);
  return ExitCode.done;
}

/** What an update would change, line by line. */
export async function showDiff(host: Host, preview: Preview): Promise<void> {
  await writeDiffs(host, preview, whatChanges(preview));
}

async function writeDiffs(host: Host, preview: Preview, all: readonly DiffSides[]): Promise<void> {
  const paint = paintFor(host, host.out);
  for (const sides of all) {
    if (isText(preview, sides)) host.out.write(await unifiedDiff(paint, sides));
    else host.err.write(`${sides.path} is not a text file; its differences cannot be shown.\n`);
  }
}

/** One object, one line: every file that differs; null if it isn't text. */
async function diffReport(preview: Preview, all: readonly DiffSides[]): Promise<string> {
  const files = await Promise.all(
    all.map(async (sides) => ({
      path: sides.path,
      diff: isText(preview, sides) ? await patchOf(sides) : null,
    })),
  );
  const differing = files.filter(({ diff }) => diff !== '');
  return `${JSON.stringify({ directory: preview.directory, files: differing })}\n`;
}

function isText({ standing }: Preview, { path }: DiffSides): boolean {
  return standing.get(path)?.isPlain !== false;
}

/** Conflicts are shown as the two conflicting texts. */
function whatChanges({ changes, standing }: Preview): readonly DiffSides[] {
  return changes.flatMap(({ path, from, action, text, conflict }) => {
    const before = standing.get(from ?? path)?.text ?? '';
    const after = action === 'delete' ? '' : (text ?? conflict?.next);
    const now = conflict === undefined ? 'regenerated' : 'generated, in conflict';
    return after === undefined ? [] : [{ path, before, after, names: ['now', now] as const }];
  });
}

function ownEdits({ before, standing }: Preview): readonly DiffSides[] {
  return (before?.manifest.files ?? []).flatMap(({ path, movedTo, sha256 }) => {
    const place = movedTo !== undefined && standing.has(movedTo) ? movedTo : path;
    const found = standing.get(place);
    const base = before?.bases.get(sha256) ?? '';
    const after = found?.text ?? '';
    return [{ path: place, before: base, after, names: ['as written', 'yours'] as const }];
  });
}

function refuseUnknown(unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  const issues = unknown.map((path) => ({
    at: path,
    message: `${path} is not a file or folder of this project`,
    fix: 'To list its files: create-hpserver status --all',
  }));
  throw new UserError(ExitCode.usage, issues);
}
