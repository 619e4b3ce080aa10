/** Whether questions, and conditions that refer to them, make sense. */

import type { Issue } from '../../error.ts';
import { isSameValue } from '../../spec/choices.ts';
import { has, kConditionWords, keyParts } from '../../spec/condition.ts';
import { flagOf } from '../../spec/flag.ts';
import { checkValue } from '../../spec/parse/check-value.ts';
import type { Condition, Question, Value } from '../../spec/question.ts';
import { nearest } from '../../spec/words/nearest.ts';
import { kViewNames } from '../compile/view.ts';

/** Flags of the program itself: a question with the same name could not be answered by a flag. */
export const kOwnFlags: readonly string[] = [
  ...['all', 'answers', 'build', 'diff', 'directory', 'dry-run', 'edited', 'git', 'help', 'json'],
  ...['mine', 'on-conflict', 'pack', 'preset', 'restore', 'set', 'trust', 'version', 'wish'],
  ...['yes'],
];

/** `before`: the questions that precede these, to which conditions may also refer. */
export function questionIssues(
  questions: readonly Question[],
  before: readonly Question[],
  at: string,
): readonly Issue[] {
  return questions.flatMap((question, index) => {
    const where = `${at}[${index}]`;
    // A question that another pack asks, too, is reported elsewhere, with both packs' names: see
    // collisions.ts.
    const others = before.filter(({ key }) => key !== question.key);
    const earlier = [...others, ...questions.slice(0, index)];
    const { when } = question;
    return [
      ...keyIssues(question, earlier, where),
      ...flagIssues(question, where),
      ...defaultIssues(question, where),
      ...(when === undefined ? [] : conditionIssues(when, earlier, `${where}.when`)),
    ];
  });
}

function keyIssues({ key }: Question, earlier: readonly Question[], at: string): readonly Issue[] {
  const [first = ''] = key.split('.');
  if (kViewNames.includes(first)) {
    return [
      issue(at, `a key cannot begin with "${first}": it is reserved for templates`, 'Rename it.'),
    ];
  }
  if (kConditionWords.includes(key)) {
    return [issue(at, `a key cannot be "${key}": it is reserved for conditions`, 'Rename it.')];
  }
  const clash = earlier.find(
    (other) => `${other.key}.`.startsWith(`${key}.`) || key.startsWith(`${other.key}.`),
  );
  if (clash === undefined) return [];
  const message = `"${key}" and "${clash.key}" cannot both be keys`;
  return [issue(at, message, 'A key cannot be a prefix of another: rename one.')];
}

function flagIssues(question: Question, at: string): readonly Issue[] {
  return [flagOf(question), ...(question.aliases ?? [])]
    .filter((flag) => kOwnFlags.includes(flag))
    .map((flag) => issue(at, `--${flag} is a flag of create-hpserver`, 'Give it another "flag".'));
}

function defaultIssues(question: Question, at: string): readonly Issue[] {
  const checked = checkValue(question, question.default);
  return checked.ok ? [] : [issue(`${at}.default`, checked.issue.message, checked.issue.fix)];
}

/** Reports keys that no question has, and values that no question accepts. */
export function conditionIssues(
  condition: Condition,
  questions: readonly Question[],
  at: string,
): readonly Issue[] {
  const { any = [], not } = condition;
  return [
    ...keyParts(condition).flatMap(([key, values]) =>
      values.flatMap((value) => valueIssues(key, value, questions, at)),
    ),
    ...any.flatMap((each, index) => conditionIssues(each, questions, `${at}.any[${index}]`)),
    ...(not === undefined ? [] : conditionIssues(not, questions, `${at}.not`)),
  ];
}

/** Whether a value is a possible answer to the question of that key. */
export function valueIssues(
  key: string,
  value: Value,
  questions: readonly Question[],
  at: string,
): readonly Issue[] {
  const question = questions.find((each) => each.key === key);
  if (question === undefined) {
    const keys = questions.map((each) => each.key);
    const meant = nearest(key, keys);
    const fix = meant === null ? `The keys are: ${keys.join(', ')}.` : `Did you mean "${meant}"?`;
    return [issue(at, `there is no question "${key}" before it`, fix)];
  }
  const checked = checkValue(question, value);
  if (!checked.ok) return [issue(at, checked.issue.message, checked.issue.fix)];
  // Conditions compare values: "true" would never equal true.
  const isMeant =
    typeof value === 'object' ? isSameValue(checked.value, value) : has(checked.value, value);
  if (isMeant) return [];
  const message = `${key} is never ${JSON.stringify(value)}`;
  return [issue(at, message, `Write ${JSON.stringify(checked.value)}.`)];
}

function issue(at: string, message: string, fix: string): Issue {
  return { at: `hppack.json: ${at}`, message, fix };
}
