/** Problems as the user reads them: what, why, and the way out. */

import type { Paint } from '../console/paint.ts';
import { spell } from '../console/paint.ts';
import { indent, plural, wrap } from '../console/text.ts';
import type { Issue } from '../error.ts';

const kWidth = 96;

/** All problems at once, for standard error. */
export function showIssues(paint: Paint, issues: readonly Issue[], outcome: string): string {
  const head = `${paint.red(plural(issues.length, 'problem'))}: ${outcome}`;
  return `${[head, ...issues.map((issue) => showIssue(paint, issue))].join('\n')}\n`;
}

export function showWarnings(paint: Paint, warnings: readonly Issue[]): string {
  return warnings
    .map((warning) => `${paint.yellow('warning')}\n${showIssue(paint, warning)}\n`)
    .join('');
}

function showIssue(paint: Paint, issue: Issue): string {
  const what = block(paint, issue.message, 4);
  const fix = block(paint, `fix: ${issue.fix}`, 4);
  return `  ${paint.bold(issue.at)}\n${what}\n${paint.cyan(fix)}`;
}

function block(paint: Paint, text: string, margin: number): string {
  return indent(
    wrap(spell(paint, text), Math.min(kWidth, paint.columns) - margin).join('\n'),
    margin,
  );
}
