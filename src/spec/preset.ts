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
 * The answers on top of other ones: of these, what no longer applies, or is incompatible with the
 * answers, is left out.
 */
export function answersOver(answers: Answers, below: Answers, source: Grammar): Answers {
  const together: Record<string, unknown> = { ...below, ...answers };
  let standing: Answers = answers;
  for (const question of source.questions) {
    const { key } = question;
    if (key in answers || !(key in together)) continue;
    const more = { ...standing, [key]: together[key] };
    // Rules compare only values: one that no question accepts yet doesn't affect them.
    if (applies(question, together) && isOffered(source.rules, more as Values)) standing = more;
    else delete together[key];
  }
  return standing;
}

function unknownPreset(id: string, presets: readonly Preset[]): UserError {
  const ids = presets.map((preset) => preset.id);
  // `ngnix` is the best a user who remembers only the first word of nginx-like can do.
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
