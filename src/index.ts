/** The public API: the flow, and its types. */

export type { Issue } from './error.ts';
export { ExitCode, UserError } from './error.ts';
export type { Action, Change, ChangeSet } from './merge/change-set.ts';
export type { Pack } from './pack/pack.ts';
export type { Architecture, Catalog } from './plan/catalog.ts';
export type { Commands, FileIntent, FlowStep, Generator } from './plan/generator.ts';
export type { Engine, Parsed, Preview } from './project.ts';
export { apply, catalog, engineOf, parse, preview } from './project.ts';
export { migrate } from './spec/parse/migrate.ts';
export { withPreset } from './spec/preset.ts';
export type { Answers, Choice, Condition, Question, Value, Values } from './spec/question.ts';
export type { Preset, Rule } from './spec/rule.ts';
export type { Spec } from './spec/spec.ts';
