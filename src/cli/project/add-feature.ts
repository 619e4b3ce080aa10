/**
 * `create-hpserver add admin`: adds a feature the project was created without, through the same
 * flow.
 */

import type { Host } from '../../console/host.ts';
import { ExitCode, UserError } from '../../error.ts';
import type { Catalog } from '../../plan/catalog.ts';
import { inText } from '../../spec/choices.ts';
import type { Feature } from '../../spec/feature.ts';
import { flagOf } from '../../spec/flag.ts';
import type { Question, Value } from '../../spec/question.ts';
import { type CommandSyntax, readInvocation } from '../command.ts';
import { questionFlag } from '../create/flags/question-flags.ts';
import { refuseIssues } from '../create/wish.ts';
import { kPackFlags } from '../packs.ts';
import type { OpenProject } from './opening/open.ts';
import { revisedDraft, saidBy } from './opening/wish.ts';
import { kRevisingFlags } from './project-flags.ts';
import { revise } from './revise.ts';

export function addFeatureSyntax(feature: Feature, { questions }: Catalog): CommandSyntax {
  return {
    program: `create-hpserver add ${feature.kind}`,
    operand: `[${wordOf(feature)}]`,
    summary:
      `Adds ${feature.title}. ${feature.help} ${wordOf(feature)} is the value of ` +
      `--${flagOf(deciding(feature, questions))}, by default ${feature.usual}.`,
    flags: [...finer(feature, questions).map(questionFlag), ...kRevisingFlags, ...kPackFlags],
  };
}

export async function addFeature(
  host: Host,
  project: OpenProject,
  feature: Feature,
): Promise<ExitCode> {
  const { catalog } = project.engine;
  const invocation = readInvocation(host, addFeatureSyntax(feature, catalog));
  if (invocation === null) return ExitCode.done;
  const { values: flags, operand = feature.usual } = invocation;
  refusePresent(project, feature);
  const said = await saidBy(host, project, flags);
  refuseIssues(said.issues);
  const answers = { ...said.answers, [feature.question]: operand };
  return revise(host, project, { draft: revisedDraft(project, answers), restore: [], flags });
}

/** `LISTEN` of `admin.listen`. */
function wordOf({ question }: Feature): string {
  return (question.split('.').at(-1) ?? question).toUpperCase();
}

/**
 * The question that turns the feature on. Errors: throws if there is none: a bug in the feature's
 * generator.
 */
export function deciding(feature: Feature, questions: readonly Question[]): Question {
  const found = questions.find(({ key }) => key === feature.question);
  if (found === undefined) throw new Error(`there is no question ${feature.question}`);
  return found;
}

/** The feature's other questions: those in the same namespace. */
function finer({ question }: Feature, questions: readonly Question[]): readonly Question[] {
  const [namespace] = question.split('.');
  return questions.filter(({ key }) => key.startsWith(`${namespace}.`) && key !== question);
}

function refusePresent({ draft, engine }: OpenProject, feature: Feature): void {
  const present = draft.answers[feature.question];
  if (present === undefined || present === feature.off) return;
  const question = deciding(feature, engine.catalog.questions);
  const issue = {
    at: `add ${feature.kind}`,
    message: `${feature.title} is already there: ${question.key} is ${inText(present as Value)}`,
    fix: `To change it: create-hpserver regenerate --${flagOf(question)} VALUE`,
  };
  throw new UserError(ExitCode.usage, [issue]);
}
