/** The public API: the flow, and the types that it speaks. */

export type { Issue } from './error.ts';
export { ExitCode, UserError } from './error.ts';
export type { Action, Change, ChangeSet } from './merge/change-set.ts';
export type { Commands, FlowStep } from './plan/generator.ts';
export type { Architecture, Catalog, Parsed, Preview } from './project.ts';
export { apply, catalog, parse, preview } from './project.ts';
export { migrate } from './spec/migrate.ts';
export { withPreset } from './spec/preset.ts';
export type { Answers, Choice, Condition, Question, Value, Values } from './spec/question.ts';
export type { Preset, Rule } from './spec/rule.ts';
export type { Spec } from './spec/spec.ts';
