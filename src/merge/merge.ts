/** base × disk × next → what happens to each file, and what is written of it afterwards. */

import { type ManifestFile, type Written, writtenOf } from '../tree/manifest.ts';
import type { Snapshot } from '../tree/snapshot.ts';
import type { Tree, TreeFile } from '../tree/tree.ts';
import type { Change, ChangeSet } from './change-set.ts';
import { mergeContent } from './content/merge-content.ts';
import { type Decision, decide } from './decide.ts';
import { type Place, type Prior, placeOf, priorsOf } from './place.ts';

export interface MergeInput {
  /** What was written last; null for a new project. */
  readonly written: Written | null;
  /** What stands wherever a file of `written` or of `tree` may stand, and at `moved`. */
  readonly standing: Snapshot;
  /** What the generators want now. */
  readonly tree: Tree;
  /** By id: where the user has moved a file since. */
  readonly moved: ReadonlyMap<string, string>;
  /** Ids that have changed since: old → present. */
  readonly renames: Readonly<Record<string, string>>;
  /** Paths of deleted files that are to come back. */
  readonly restore: ReadonlySet<string>;
  /** The version that writes. */
  readonly tool: string;
}

export interface Merged {
  /** In the order of the tree; what is no longer planned follows. */
  readonly changes: ChangeSet;
  /** What will have been written once the changes are applied, however conflicts end. */
  readonly written: Written;
}

/** Where each file stands after the changes, as far as it is not where the generators want it. */
export function placed({ manifest, bases }: Written, changes: ChangeSet): Written {
  const places = new Map(changes.map(({ id, path }) => [id, path]));
  const files = manifest.files.map(({ movedTo: _, ...file }): ManifestFile => {
    const place = places.get(file.id) ?? file.path;
    return place === file.path ? file : { ...file, movedTo: place };
  });
  return { manifest: { ...manifest, files }, bases };
}

type RecordedFile = Omit<ManifestFile, 'sha256' | 'movedTo'> & { readonly base: string };

interface Outcome {
  readonly change: Change;
  /** Null where nothing of it is remembered. */
  readonly recorded: RecordedFile | null;
}

export async function merge(input: MergeInput): Promise<Merged> {
  const { priorOf, past } = pairs(input);
  const outcomes: Outcome[] = [];
  for (const file of input.tree) outcomes.push(await planned(file, priorOf(file), input));
  outcomes.push(...past.map((prior) => unplanned(prior, input)));
  const recorded = outcomes.flatMap((outcome) => outcome.recorded ?? []);
  const changes = outcomes.map(({ change }) => change);
  return { changes, written: placed(writtenOf(recorded, input.tool), changes) };
}

/**
 * Who was whom: by id, else by path. Where another generator takes a path over, as with another
 * language, what stands there is still what was written.
 */
function pairs({ tree, written, renames }: MergeInput) {
  const priors = priorsOf(written, renames);
  const ids = new Set(tree.map(({ id }) => id));
  const left = new Map(
    [...priors.values()].filter(({ id }) => !ids.has(id)).map((prior) => [prior.path, prior]),
  );
  const heirs = new Set(tree.flatMap(({ id, path }) => (priors.has(id) ? [] : [path])));
  return {
    priorOf: ({ id, path }: TreeFile): Prior | null => priors.get(id) ?? left.get(path) ?? null,
    past: [...left.values()].filter(({ path }) => !heirs.has(path)),
  };
}

/** No text: the decisions compare it with texts, and it equals none of them. */
const kNotPlain = '\0';

async function planned(file: TreeFile, prior: Prior | null, input: MergeInput): Promise<Outcome> {
  const place = placeOf(file, prior, input.standing, input.moved);
  const isWanted = input.restore.has(file.path) && place.standing === null;
  const base = prior === null || isWanted ? null : prior.base;
  const disk = textAt(place);
  const decision = decide({ base, disk, next: file.text });
  const keepsItsBase = file.owner === 'user' && disk !== null && prior !== null;
  const { id, path, owner, mode } = file;
  const recorded: RecordedFile = {
    ...{ id, path, owner, mode, base: keepsItsBase ? prior.base : file.text },
    ...(decision === 'leave-deleted' ? { fate: 'deleted' } : {}),
  };
  const change = await changeOf(file, prior, { base, place, decision });
  return { change, recorded };
}

interface Found {
  readonly base: string | null;
  readonly place: Place;
  readonly decision: Decision;
}

async function changeOf(
  file: TreeFile,
  prior: Prior | null,
  { base, place, decision }: Found,
): Promise<Change> {
  const { id, mode, because, text } = file;
  const disk = textAt(place);
  const isMove = disk !== null && place.from !== place.to;
  const target = { id, path: place.to, mode, because, ...(isMove ? { from: place.from } : {}) };
  if (file.owner === 'user' && disk !== null) {
    const isNews = base !== null && base !== text && disk !== text;
    return kept(target, disk, isNews ? 'it is yours: written once' : undefined);
  }
  switch (decision) {
    case 'create':
    case 'update':
      return { ...target, action: decision, bytes: byteLength(text), text };
    case 'adopt':
    case 'unchanged':
      return isMove || (prior !== null && prior.mode !== mode)
        ? { ...target, action: 'update', bytes: byteLength(text), text }
        : { ...target, action: decision, bytes: byteLength(text) };
    case 'leave-deleted':
      return kept(target, '', prior?.fate === 'deleted' && base === text ? undefined : kDeleted);
    case 'keep':
      return kept(target, disk ?? '');
    default:
      return mergedOr(target, { base, disk: place, next: text }, file);
  }
}

const kDeleted = 'deleted here; --restore brings it back';

/** A file that moves is written anew at its place, as it is. */
function kept(target: Target, disk: string, why?: string): Change {
  return {
    ...target,
    action: 'keep',
    bytes: byteLength(disk),
    ...(why === undefined ? {} : { why }),
    ...(target.from !== undefined && disk !== kNotPlain ? { text: disk } : {}),
  };
}

type Target = Pick<Change, 'id' | 'path' | 'from' | 'mode' | 'because'>;

interface Sides {
  readonly base: string | null;
  readonly disk: Place;
  readonly next: string;
}

async function mergedOr(target: Target, sides: Sides, file: TreeFile): Promise<Change> {
  const disk = sides.disk.standing;
  if (disk === null || !disk.isPlain)
    return inConflict(target, sides, 'it is a link, a folder, or no text in UTF-8');
  if (file.owner === 'generated') {
    return inConflict(target, sides, 'it is an artefact, and was edited');
  }
  const { next } = sides;
  const { registrations = [], informed } = file;
  const base = sides.base ?? '';
  const texts = { path: target.path, base, disk: disk.text, next, registrations };
  const content = informed ? { ...texts, informed } : texts;
  const merged = await mergeContent(content);
  if (sides.base === null) {
    const marked = merged.kind === 'conflict' ? merged.marked : null;
    return inConflict(target, sides, 'a file of your own stands there', marked);
  }
  if (merged.kind === 'conflict') return inConflict(target, sides, merged.reason, merged.marked);
  if (merged.text === disk.text && target.from === undefined) {
    return { ...target, action: 'adopt', bytes: byteLength(disk.text) };
  }
  return { ...target, action: 'merge', bytes: byteLength(merged.text), text: merged.text };
}

function inConflict(
  target: Target,
  { base, disk, next }: Sides,
  reason: string,
  marked: string | null = null,
): Change {
  const text = disk.standing?.isPlain ? disk.standing.text : null;
  return {
    ...target,
    action: 'conflict',
    bytes: byteLength(text ?? ''),
    conflict: { reason, base, disk: text, next, marked },
  };
}

/** What the generators do not want any more. */
function unplanned(prior: Prior, input: MergeInput): Outcome {
  const place = placeOf(null, prior, input.standing, input.moved);
  const disk = textAt(place);
  const { base, id, path, owner, mode } = prior;
  const target = { id, path: place.from, mode, because: [] };
  const decision = decide({ base, disk, next: null });
  const isKept = decision === 'keep' || owner === 'user';
  const recorded: RecordedFile = { id, path, owner, mode, base };
  const bytes = byteLength(disk ?? '');
  if (disk === null) {
    const why = prior.fate === 'deleted' ? {} : { why: kDeleted };
    const change = { ...target, action: 'keep', bytes, ...why } as const;
    return { change, recorded: { ...recorded, fate: 'deleted' } };
  }
  if (isKept) {
    const why = 'no longer generated, but yours: it stays';
    return {
      change: { ...target, action: 'keep', bytes, why },
      recorded: { ...recorded, fate: 'stale' },
    };
  }
  return { change: { ...target, action: 'delete', bytes }, recorded: null };
}

function textAt({ standing }: Place): string | null {
  if (standing === null) return null;
  return standing.isPlain ? standing.text : kNotPlain;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
