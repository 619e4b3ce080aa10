/** A question of the catalog as a flag. */

import { flagOf } from '../../../spec/flag.ts';
import type { Question } from '../../../spec/question.ts';
import type { Flag } from '../../flags.ts';

export function questionFlag(question: Question): Flag {
  const base = {
    name: flagOf(question),
    aliases: question.aliases ?? [],
    help: question.title,
    group: question.group,
  };
  switch (question.kind) {
    case 'boolean':
      return { ...base, takes: 'toggle' };
    case 'choice':
    case 'multi': {
      const values = question.choices.map((choice) => choice.value);
      return { ...base, takes: 'value', values, several: question.kind === 'multi' };
    }
    case 'number': {
      const range = `${question.min}..${question.max}`;
      return { ...base, takes: 'value', placeholder: question.auto ? `auto|${range}` : range };
    }
    case 'path':
      return { ...base, takes: 'value', placeholder: 'PATH' };
    case 'text':
      return { ...base, takes: 'value', placeholder: 'TEXT' };
  }
}
