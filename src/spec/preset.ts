/** Presets are answers that someone thought through; what the user says stands above them. */

import { ExitCode, UserError } from '../error.ts';
import { applies } from './condition.ts';
import { nearest } from './nearest.ts';
import type { Answers, Question } from './question.ts';
import type { Preset } from './rule.ts';

interface PresetSource {
  readonly presets: readonly Preset[];
  readonly questions: readonly Question[];
}

/**
 * The answers, with the preset's values below them. A value of the preset that no longer applies,
 * because the user chose another I/O model for example, is left out.
 * Errors: `UserError` (usage) for an unknown preset.
 */
export function withPreset(answers: Answers, id: string, source: PresetSource): Answers {
  const preset = source.presets.find((candidate) => candidate.id === id);
  if (preset === undefined) throw unknownPreset(id, source.presets);
  const together: Record<string, unknown> = { ...preset.values, ...answers };
  for (const question of source.questions) {
    const isExplicit = question.key in answers;
    if (!isExplicit && !applies(question, together)) delete together[question.key];
  }
  return together;
}

function unknownPreset(id: string, presets: readonly Preset[]): UserError {
  const ids = presets.map((preset) => preset.id);
  const meant = nearest(id, ids);
  const fix =
    meant === null ? `Choose one of: ${ids.join(', ')}.` : `Did you mean --preset ${meant}?`;
  return new UserError(ExitCode.usage, [
    { at: '--preset', message: `there is no preset "${id}"`, fix },
  ]);
}
