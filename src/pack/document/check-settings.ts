/** Whether the defaults of a pack's settings are valid values for them. */

import type { Issue } from '../../error.ts';
import type { Question } from '../../spec/question.ts';
import { conditionIssues } from './check-questions.ts';
import type { PackSetting } from './document.ts';

export function settingIssues(
  settings: readonly PackSetting[],
  questions: readonly Question[],
): readonly Issue[] {
  return settings.flatMap((setting, index) => {
    const at = `settings[${index}]`;
    const { takes, when } = setting;
    const fault = faultOfDefault(takes);
    return [
      ...(fault === null ? [] : [{ at: `${at}.takes.default`, ...fault }]),
      ...(when === undefined ? [] : conditionIssues(when, questions, `${at}.when`)),
    ];
  });
}

const kAddress = /^(?:unix:.+|(?:\[[^\]]+\]|[^:[\]]*):\d{1,5})$/;

function faultOfAddress(address: string): Omit<Issue, 'at'> | null {
  if (kAddress.test(address)) return null;
  const fix = 'Use 127.0.0.1:9000, [::1]:9000 or unix:/path.';
  return { message: `"${address}" is not an address`, fix };
}

function faultOfDefault(takes: PackSetting['takes']): Omit<Issue, 'at'> | null {
  if (takes.kind === 'choice' && !takes.values.includes(takes.default)) {
    const message = `"${takes.default}" is not one of its values`;
    return { message, fix: `Choose one of: ${takes.values.join(', ')}.` };
  }
  if (takes.kind === 'address') {
    return takes.default === takes.word ? null : faultOfAddress(takes.default);
  }
  if (takes.kind === 'text' && takes.default === '' && takes.empty === undefined) {
    const message = 'it is empty, and the setting does not allow that';
    return { message, fix: 'Explain in "empty" what an empty value means, or give a default.' };
  }
  if (takes.kind === 'addresses') {
    return takes.default.map(faultOfAddress).find((fault) => fault !== null) ?? null;
  }
  if (takes.kind === 'number') return faultOfNumber(takes);
  return null;
}

function faultOfNumber({
  default: usual,
  min,
  max,
  auto,
}: Extract<PackSetting['takes'], { kind: 'number' }>): Omit<Issue, 'at'> | null {
  if (usual === 'auto') {
    if (auto !== undefined) return null;
    const message = '"auto" is not one of its values';
    return { message, fix: 'Explain in "auto" what it means, or use a number.' };
  }
  if (usual >= min && usual <= max) return null;
  return {
    message: `${usual} is not between ${min} and ${max}`,
    fix: 'Use a number in that range.',
  };
}
