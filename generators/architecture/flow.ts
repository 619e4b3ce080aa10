/** Five steps, assigned: what executes wait, accept, read, process and write, and by which call. */

import type { FlowStep } from '../../src/plan/generator.ts';
import type { Values } from '../../src/spec/question.ts';
import { verdictOn } from '../../src/spec/verdict.ts';
import { callsOf } from './calls.ts';
import { executorsOf, type Step } from './executors.ts';
import { architectureRules } from './rules.ts';

const kSteps: readonly Step[] = ['wait', 'accept', 'read', 'process', 'write', 're-arm'];

/**
 * The table of a complete, possible architecture; null while it is undecided, and for a refused
 * one.
 */
export function flow(values: Values): readonly FlowStep[] | null {
  const { 'io.model': io, 'event.pattern': pattern, 'concurrency.model': concurrency } = values;
  if (io === undefined || pattern === undefined || concurrency === undefined) return null;
  if (values['workers.kind'] === undefined && concurrency !== 'single') return null;
  if (verdictOn(architectureRules, values).status === 'refused') return null;
  const { roles, names } = executorsOf(values);
  const calls = callsOf(values);
  return kSteps.flatMap((step) => {
    const role = roles[step];
    const executor = role === undefined ? undefined : names[role];
    const call = calls[step];
    return executor === undefined || call === undefined ? [] : [{ step, executor, call }];
  });
}
