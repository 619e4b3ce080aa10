/** Presets are carefully chosen answers; the user's own override them. */

import { ExitCode, UserError } from '../error.ts';
import { applies } from './condition.ts';
import type { Answers, Question, Values } from './question.ts';
import type { Preset, Rule } from './rule.ts';
import { isOffered } from './verdict.ts';
import { nearest } from './words/nearest.ts';

interface PresetSource {
  readonly presets: readonly Preset[];
  readonly questions: readonly Question[];
  readonly rules: readonly Rule[];
}

type Grammar = Omit<PresetSource, 'presets'>;

/** The answers on top of the preset's values. Errors: `UserError` (usage) for an unknown preset. */
export function withPreset(answers: Answers, id: string, source: PresetSource): Answers {
  const preset = source.presets.find((candidate) => candidate.id === id);
  if (preset === undefined) throw unknownPreset(id, source.presets);
  return answersOver(answers, preset.values, source);
}

/**
 * Adds `below` to the answers, except for values that don't apply next to them, or that the rules
 * refuse.
 */
export function answersOver(answers: Answers, below: Answers, source: Grammar): Answers {
  const together: Record<string, unknown> = { ...below, ...answers };
  let standing: Answers = answers;
  for (const question of source.questions) {
    const { key } = question;
    if (key in answers || !(key in together)) continue;
    const more = { ...standing, [key]: together[key] };
    // Rules compare values. An answer that isn't a valid value yet doesn't affect them.
    if (applies(question, together) && isOffered(source.rules, more as Values)) standing = more;
    else delete together[key];
  }
  return standing;
}

function unknownPreset(id: string, presets: readonly Preset[]): UserError {
  const ids = presets.map((preset) => preset.id);
  // A user may remember only the first word of a preset, so `ngnix` is matched to nginx-like.
  const begun = nearest(id, ids.map(firstWord));
  const meant = nearest(id, ids) ?? ids.find((each) => firstWord(each) === begun) ?? null;
  const fix =
    meant === null ? `Choose one of: ${ids.join(', ')}.` : `Did you mean --preset ${meant}?`;
  return new UserError(ExitCode.usage, [
    { at: '--preset', message: `there is no preset "${id}"`, fix },
  ]);
}

function firstWord(id: string): string {
  return id.split('-', 1)[0] ?? id;
}
