/** Merges one file that both sides changed. The result is a text, or the reason there is none. */

import type { Registration } from '../../plan/generator.ts';
import { mergeJson } from './json/json.ts';
import { jsoncFault } from './json/json-tree.ts';
import { deletionUndone } from './lines/deletions.ts';
import { conditionAroundNews, hasDirectives } from './lines/directives.ts';
import { lineMap } from './lines/line-map.ts';
import { mergeLines } from './lines/lines.ts';
import { holdsMarkers, weave } from './lines/markers.ts';
import { mergeRegistrations } from './registrations/registrations.ts';
import { untab } from './tabs.ts';
import { dress, plain } from './text-form.ts';
import { agreed, mapThree, type Three } from './three.ts';
import { isTypeScriptPath, loadTypeScript, typeScriptFault } from './typescript/typescript.ts';

export interface ThreeTexts {
  /** The path determines how the file is merged: as `.json`, as `.ts`, or by lines. */
  readonly path: string;
  readonly base: string;
  readonly disk: string;
  readonly next: string;
  readonly registrations: readonly Registration[];
  /**
   * The next version was built from the one on disk, so it is already correct wherever both sides
   * changed a JSON value.
   */
  readonly informed?: boolean;
}

export type MergedContent =
  | { readonly kind: 'merged'; readonly text: string }
  | { readonly kind: 'conflict'; readonly reason: string; readonly marked: string | null };

/**
 * Everything that either side added is in the result, or there is a conflict. Line endings, the
 * final newline and indentation stay as on the disk. Errors: a conflict's reason is one sentence
 * without a full stop.
 */
export async function mergeContent(texts: ThreeTexts): Promise<MergedContent> {
  const { base, disk, next } = texts;
  const easy = agreed({ base, disk, next });
  if (easy !== null) return { kind: 'merged', text: easy.value };
  if (holdsMarkers(disk) && !holdsMarkers(base)) {
    return { kind: 'conflict', reason: 'it contains conflict markers', marked: null };
  }
  const sides = { base, disk, next };
  const merged = await mergePlain(texts, mapThree(sides, plain));
  if (merged.kind === 'merged') return { kind: 'merged', text: dress(merged.text, sides) };
  const { reason, marked } = merged;
  return { kind: 'conflict', reason, marked: marked === null ? null : dress(marked, sides) };
}

async function mergePlain(
  { path, registrations, informed = false }: Omit<ThreeTexts, keyof Three<string>>,
  texts: Three<string>,
): Promise<MergedContent> {
  const easy = agreed(texts);
  if (easy !== null) return { kind: 'merged', text: easy.value };
  if (!path.endsWith('.json')) return mergeText(path, texts, registrations);
  const merged = mergeJson(texts, { informed });
  if (merged.kind === 'not-json') return mergeText(path, texts, registrations);
  if (merged.kind === 'merged') return merged;
  const lines = weave(await mergeLines(texts));
  return { ...merged, marked: lines.kind === 'conflict' ? lines.marked : null };
}

/**
 * Merges by lines, and the declared lists as sets. If that result cannot be parsed, merges the
 * lists by lines, too.
 */
async function mergeText(
  path: string,
  texts: Three<string>,
  registrations: readonly Registration[],
): Promise<MergedContent> {
  const { texts: untabbed, retab } = untab(texts);
  const filled = await mergeRegistrations(path, untabbed, registrations);
  if ('ambiguity' in filled) return { kind: 'conflict', reason: filled.ambiguity, marked: null };
  const faultOf = await parserOf(path);
  let fault: string | null = null;
  for (const sides of filled === untabbed ? [untabbed] : [filled, untabbed]) {
    const woven = weave(await mergeLines(sides), lineMap(sides.disk, untabbed.disk));
    if (woven.kind === 'conflict') return { ...woven, marked: retab(woven.marked) };
    const text = retab(woven.text);
    const undone = deletionUndone(sides, woven.text);
    if (undone !== null) return { kind: 'conflict', reason: undone, marked: null };
    const condition = hasDirectives(path) ? conditionAroundNews(texts, text) : null;
    if (condition !== null) {
      const reason = `generated text would end up inside your "${condition}"`;
      return { kind: 'conflict', reason, marked: null };
    }
    fault = faultOf(text);
    // If the file on the disk can't be parsed either, it is the user's work in progress.
    if (fault === null || faultOf(texts.disk) !== null) return { kind: 'merged', text };
  }
  return { kind: 'conflict', reason: `the merged file cannot be parsed: ${fault}`, marked: null };
}

/** Returns a function that says why a text cannot be parsed; null if it can, or if no one knows. */
async function parserOf(path: string): Promise<(text: string) => string | null> {
  if (path.endsWith('.json')) return jsoncFault;
  if (!isTypeScriptPath(path)) return () => null;
  const ts = await loadTypeScript();
  return (text) => typeScriptFault(ts, path, text);
}
