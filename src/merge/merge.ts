/** base × disk × next → what happens to each file, and what is recorded about it afterwards. */

import { ownerAmong } from '../spec/owner.ts';
import type { Spec } from '../spec/spec.ts';
import { type ManifestFile, type Written, writtenOf } from '../tree/manifest.ts';
import type { Snapshot } from '../tree/snapshot.ts';
import type { Tree, TreeFile } from '../tree/tree.ts';
import type { Change, ChangeSet } from './change-set.ts';
import { parseJson } from './content/json/json-tree.ts';
import { mergeContent } from './content/merge-content.ts';
import { dress, isSameButForEnds, plain } from './content/text-form.ts';
import type { Three } from './content/three.ts';
import { type Decision, decide, type Sides } from './decide.ts';
import { type Place, type Prior, placeOf, priorsOf } from './place.ts';

export interface MergeInput {
  /** What was written last; null for a new project. */
  readonly written: Written | null;
  /** What is at each path where a file of `written`, `tree` or `moved` may be. */
  readonly standing: Snapshot;
  /** What the generators produce now. */
  readonly tree: Tree;
  /** Where the user has moved files since the last run, by the file's id. */
  readonly moved: ReadonlyMap<string, string>;
  /** File ids that have changed since the last run: old id → present id. */
  readonly renames: Readonly<Record<string, string>>;
  /** Paths of deleted files to bring back. */
  readonly restore: ReadonlySet<string>;
  /** The owners the user has set, by glob. */
  readonly spec: Pick<Spec, 'owners'>;
  /** The version that is running. */
  readonly tool: string;
}

export interface Merged {
  /** In the order of the tree; files that are no longer planned follow. */
  readonly changes: ChangeSet;
  /** What will be on record once the changes are applied, however conflicts are resolved. */
  readonly written: Written;
}

/** Records where each file will be, if that isn't where the generators want it. */
export function placed({ manifest, bases }: Written, changes: ChangeSet): Written {
  const places = new Map(changes.map(({ id, path }) => [id, path]));
  const files = manifest.files.map((recorded): ManifestFile => {
    // A missing file would come back at its former path.
    if (recorded.fate === 'deleted') return recorded;
    const { movedTo: _, ...file } = recorded;
    const place = places.get(file.id) ?? file.path;
    return place === file.path ? file : { ...file, movedTo: place };
  });
  return { manifest: { ...manifest, files }, bases };
}

type RecordedFile = Omit<ManifestFile, 'sha256'> & { readonly base: string };

interface Outcome {
  readonly change: Change;
  /** Null if the record forgets the file. */
  readonly recorded: RecordedFile | null;
}

export async function merge(input: MergeInput): Promise<Merged> {
  const { priorOf, past } = pairs(input);
  const outcomes: Outcome[] = [];
  for (const file of input.tree) outcomes.push(await planned(file, priorOf(file), input));
  const ownerOf = ownerAmong(input.spec.owners);
  const isClaimed = ({ path }: Prior): boolean => ownerOf(path) === 'user';
  outcomes.push(...past.flatMap((prior) => unplanned(prior, input, isClaimed(prior)) ?? []));
  const recorded = outcomes.flatMap((outcome) => outcome.recorded ?? []);
  const changes = outcomes.map(({ change }) => change);
  return { changes, written: placed(writtenOf(recorded, input.tool), changes) };
}

/**
 * Matches planned files to recorded ones: by id, otherwise by path. If another generator now plans
 * a path, as with another language, the recorded file at that path is its predecessor.
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

/** Stands for a file that isn't text: compared with texts, it equals none of them. */
const kNotPlain = '\0';

async function planned(file: TreeFile, prior: Prior | null, input: MergeInput): Promise<Outcome> {
  const place = placeOf(file, prior, input.standing, input.moved);
  const isWanted = input.restore.has(file.path) && place.standing === null;
  const disk = textAt(place);
  const known = prior?.base ?? (input.written === null ? null : lostBase(file, disk));
  const base = isWanted ? null : known;
  const decision = decide(asWritten({ base, disk, next: file.text }));
  // A missing file may come back, from git's stash for example, and must be recognised then.
  const isAway = decision === 'leave-deleted';
  const keepsItsBase = prior !== null && (isAway || (file.owner === 'user' && disk !== null));
  const { id, path, owner, mode } = file;
  const recorded: RecordedFile = {
    ...{ id, path, owner, mode, base: keepsItsBase ? prior.base : file.text },
    ...(isAway ? { fate: 'deleted' } : {}),
    ...(isAway && prior !== null ? formerPlace(prior, path) : {}),
  };
  const change = await changeOf(file, prior, { base, place, decision });
  return { change, recorded };
}

/** Where the user's version of a missing file would come back. */
function formerPlace({ path, movedTo = path }: Prior, wanted: string): Pick<Prior, 'movedTo'> {
  return movedTo === wanted ? {} : { movedTo };
}

/**
 * A file that is generated from the one on disk takes that into account already, so there is
 * nothing to ask, even if the record is lost. Its base then consists of the disk's members that are
 * also generated. Null for other files.
 */
function lostBase({ informed, text }: TreeFile, disk: string | null): string | null {
  if (!informed || disk === null) return null;
  const [stands, wanted] = [disk, text].map((side) => parseJson(side));
  if (stands?.kind !== 'parsed' || wanted?.kind !== 'parsed') return null;
  if (stands.root.kind !== 'object' || wanted.root.kind !== 'object') return null;
  const keys = new Set(wanted.root.items.map(({ key }) => key));
  const known = stands.root.items.filter(({ key }) => keys.has(key));
  return `{${known.map(({ label, value }) => label + value.text).join()}}`;
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
    return kept(target, disk, isNews ? 'yours: written only once' : undefined);
  }
  switch (decision) {
    case 'create':
      return { ...target, action: decision, bytes: byteLength(text), text };
    case 'update': {
      const ended = withEndsOf({ base: base ?? '', disk: disk ?? '', next: text });
      return { ...target, action: decision, bytes: byteLength(ended), text: ended };
    }
    case 'adopt':
    case 'unchanged': {
      const same = { ...target, action: decision, bytes: byteLength(disk ?? text) };
      return isMove || (prior !== null && prior.mode !== mode)
        ? { ...same, action: 'update', text: disk ?? text }
        : same;
    }
    case 'leave-deleted':
      return kept(target, '', prior?.fate === 'deleted' ? undefined : kDeleted);
    case 'keep':
      return kept(target, disk ?? '');
    default:
      return mergedOr(target, { base, disk: place, next: text }, file);
  }
}

/**
 * If the disk's text differs from another version only in line endings, it counts as equal to it.
 */
function asWritten({ base, disk, next }: Sides): Sides {
  const same = [base, next].find(
    (side) => side !== null && disk !== null && isSameButForEnds(disk, side),
  );
  return { base, disk: same ?? disk, next };
}

/** The generators' text, but with the user's line endings if those are all the user changed. */
function withEndsOf(sides: Three<string>): string {
  return sides.disk === sides.base ? sides.next : dress(plain(sides.next), sides);
}

const kDeleted = 'you deleted it; --restore brings it back';

/** If the file moves, its unchanged text is written to the new place. */
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

interface Places {
  readonly base: string | null;
  readonly disk: Place;
  readonly next: string;
}

async function mergedOr(target: Target, sides: Places, file: TreeFile): Promise<Change> {
  const disk = sides.disk.standing;
  if (disk === null || !disk.isPlain) {
    const why = disk?.why ?? 'it is a link, a folder, or not UTF-8 text';
    return inConflict(target, sides, why);
  }
  if (file.owner === 'generated') {
    return inConflict(target, sides, 'it is a generated artefact, but was edited');
  }
  const { next } = sides;
  const { registrations = [], informed } = file;
  const base = sides.base ?? '';
  const texts = { path: target.path, base, disk: disk.text, next, registrations };
  const content = informed ? { ...texts, informed } : texts;
  const merged = await mergeContent(content);
  if (sides.base === null) {
    const marked = merged.kind === 'conflict' ? merged.marked : null;
    return inConflict(target, sides, 'your own file is already there', marked);
  }
  if (merged.kind === 'conflict') return inConflict(target, sides, merged.reason, merged.marked);
  if (merged.text === disk.text && target.from === undefined) {
    return { ...target, action: 'adopt', bytes: byteLength(disk.text) };
  }
  return { ...target, action: 'merge', bytes: byteLength(merged.text), text: merged.text };
}

function inConflict(
  target: Target,
  { base, disk, next }: Places,
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

/**
 * What happens to a file that is no longer generated; null if it is missing, and can be forgotten.
 */
function unplanned(prior: Prior, input: MergeInput, isClaimed: boolean): Outcome | null {
  const place = placeOf(null, prior, input.standing, input.moved);
  const disk = textAt(place);
  if (disk === null) return null;
  const { base, id, path, owner, mode } = prior;
  const target = { id, path: place.from, mode, because: [], bytes: byteLength(disk) };
  const isEdited = decide(asWritten({ base, disk, next: null })) === 'keep';
  // A user who has moved the file, or set its owner, wants to keep it.
  if (!isEdited && !place.isTheUsers && !isClaimed) {
    return { change: { ...target, action: 'delete' }, recorded: null };
  }
  const why = 'no longer generated; kept because it is yours';
  return {
    change: { ...target, action: 'keep', why },
    recorded: { id, path, owner, mode, base, fate: 'stale' },
  };
}

function textAt({ standing }: Place): string | null {
  if (standing === null) return null;
  return standing.isPlain ? standing.text : kNotPlain;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
