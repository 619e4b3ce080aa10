/** What a pack's document contributes to others' files. */

import type { Contributions, Part } from '../../plan/contribution.ts';
import type { Setting } from '../../plan/setting.ts';
import { holds, keysOf } from '../../spec/condition.ts';
import type { Condition, Values } from '../../spec/question.ts';
import type { PackDocument, PackSetting } from '../document/document.ts';

export function contributionsOf(
  { settings, contributes }: PackDocument,
  values: Values,
): Contributions {
  const { abilities, core, summary, ...others } = contributes;
  return {
    ...othersOf(others, values),
    settings: partOf(settings, values, settingOf),
    abilities: partOf(abilities, values, ({ ability }) => ability),
    core: partOf(core, values, ({ header }) => header),
    summary: partOf(summary, values, ({ line }) => line),
  };
}

type Others = Omit<PackDocument['contributes'], 'abilities' | 'core' | 'summary'>;

/** Items of these kinds are used as given. */
function othersOf(others: Others, values: Values): Contributions {
  const kinds = Object.entries(others) as [keyof Others, readonly Conditional[]][];
  return Object.fromEntries(
    kinds.map(([kind, said]) => [kind, partOf(said, values, (one) => one)]),
  );
}

interface Conditional {
  readonly when?: Condition;
}

/** The items whose condition holds, with the condition removed. */
function partOf<Said extends Conditional, Item>(
  said: readonly Said[],
  values: Values,
  itemOf: (said: Omit<Said, 'when'>) => Item,
): Part<Item> {
  const wanted = said.filter(({ when }) => when === undefined || holds(when, values));
  return {
    items: wanted.map(({ when: _, ...item }) => itemOf(item)),
    because: said.flatMap(({ when = {} }) => keysOf(when)),
  };
}

function settingOf({ key, group, takes, help, story }: Omit<PackSetting, 'when'>): Setting {
  const meaning = { key, group, help, story };
  switch (takes.kind) {
    case 'number': {
      const auto = takes.auto === undefined ? null : { is: takes.auto, expressions: null };
      return { ...meaning, takes: { ...takes, auto } };
    }
    case 'address':
      return { ...meaning, takes: { ...takes, word: takes.word ?? null } };
    case 'path':
      return { ...meaning, takes: { ...takes, word: takes.word ?? null } };
    case 'text':
      return { ...meaning, takes: { ...takes, empty: takes.empty ?? null } };
    default:
      return { ...meaning, takes };
  }
}
