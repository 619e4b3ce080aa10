/**
 * `create-hpserver regenerate`: brings the project up to date with its configuration, the tool and
 * its packs.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../console/host.ts';
import { ExitCode } from '../../error.ts';
import type { Engine } from '../../project.ts';
import type { Draft } from '../../spec/draft.ts';
import { asksForHelp, type CommandSyntax, readInvocation } from '../command.ts';
import { refuseIssues } from '../create/wish.ts';
import type { FlagValue } from '../flags.ts';
import { earlyFlags } from '../packs.ts';
import { engineHere } from './opening/engine-here.ts';
import { type OpenProject, toWrite } from './opening/open.ts';
import { fromRoot, isWithin } from './opening/paths.ts';
import { revisedDraft, saidBy } from './opening/wish.ts';
import {
  directoryFirst,
  kDirectoryFlag,
  kDirectoryOperand,
  regenerateFlags,
} from './project-flags.ts';
import { revise } from './revise.ts';

const kProgram = 'create-hpserver regenerate';

export function regenerateSyntax({ catalog }: Pick<Engine, 'catalog'>): CommandSyntax {
  return {
    program: kProgram,
    ...kDirectoryOperand,
    summary:
      'Updates a project to match hpserver.json, with changed answers or a newer version. Your ' +
      'edits are merged; conflicts are left to you.',
    flags: regenerateFlags(catalog),
  };
}

export async function regenerate(typed: Host): Promise<ExitCode> {
  const host = directoryFirst(typed);
  // The flags depend on the project: its packs bring some.
  if (asksForHelp(host)) {
    readInvocation(host, regenerateSyntax(await engineHere(host, kProgram)));
    return ExitCode.done;
  }
  const flags = earlyFlags(host, [kDirectoryFlag], kProgram);
  return toWrite(host, { flags, program: kProgram }, (project) => regenerated(host, project));
}

async function regenerated(host: Host, project: OpenProject): Promise<ExitCode> {
  const invocation = readInvocation(host, regenerateSyntax(project.engine));
  if (invocation === null) return ExitCode.done;
  const flags = invocation.values;
  const said = await saidBy(host, project, flags);
  refuseIssues(said.issues);
  const stated = revisedDraft(project, said.answers);
  const asked = isToAsk(host, project, flags, said.answers)
    ? await askedAgain(host, project, stated)
    : { draft: stated, flags };
  return revise(host, project, { ...asked, restore: restored(host, project, flags) });
}

function restored(
  host: Host,
  { directory, written }: OpenProject,
  flags: ReadonlyMap<string, FlagValue>,
): readonly string[] {
  const typed = flags.get('restore');
  const known = written.manifest.files.map(({ path }) => path);
  const isKnown = (path: string) => known.some((one) => isWithin(one, path));
  return (Array.isArray(typed) ? typed : []).flatMap((word) => {
    const path = fromRoot(host, directory, word, isKnown);
    const below = known.filter((one) => isWithin(one, path) && one !== path);
    const missing = below.filter((one) => !existsSync(join(directory, one)));
    return missing.length > 0 ? missing : [path];
  });
}

/**
 * True at a terminal if no answers were given, and neither the configuration nor the tool's version
 * has changed since the project was written.
 */
function isToAsk(
  host: Host,
  { draft, base, written, engine }: OpenProject,
  flags: ReadonlyMap<string, FlagValue>,
  said: object,
): boolean {
  const isQuiet = ['yes', 'json', 'dry-run', 'restore', 'pack'].some((name) => flags.has(name));
  if (!host.interactive || isQuiet || Object.keys(said).length > 0) return false;
  const isEdited = JSON.stringify(draft) !== JSON.stringify(base);
  return !isEdited && written.manifest.tool === engine.version;
}

async function askedAgain(host: Host, { engine }: OpenProject, draft: Draft) {
  const { askAgain } = await import('./ask/ask-again.ts');
  const { answers, isPlan } = await askAgain(host, engine, draft);
  const flags = new Map<string, FlagValue>(isPlan ? [['dry-run', true]] : []);
  return { draft: { ...draft, answers }, flags };
}
