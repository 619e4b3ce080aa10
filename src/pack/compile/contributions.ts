/** What a pack's document brings to the files of others. */

import type { Contributions } from '../../plan/contribution.ts';
import type { Setting } from '../../plan/setting.ts';
import { holds, keysOf } from '../../spec/condition.ts';
import type { Values } from '../../spec/question.ts';
import type { PackDocument, PackSetting } from '../document/document.ts';

export function contributionsOf({ settings }: PackDocument, values: Values): Contributions {
  const wanted = settings.filter(({ when }) => when === undefined || holds(when, values));
  const because = settings.flatMap(({ when = {} }) => keysOf(when));
  return { settings: { items: wanted.map(settingOf), because } };
}

function settingOf({ key, group, takes, help, story }: PackSetting): Setting {
  const meaning = { key, group, help, story };
  switch (takes.kind) {
    case 'number': {
      const auto = takes.auto === undefined ? null : { is: takes.auto, expressions: null };
      return { ...meaning, takes: { ...takes, auto } };
    }
    case 'path':
      return { ...meaning, takes: { ...takes, word: takes.word ?? null } };
    default:
      return { ...meaning, takes };
  }
}
