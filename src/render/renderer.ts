/** Templates with their views → texts, whether the templates are precompiled or not. */

import type Handlebars from 'handlebars';
import { ExitCode, messageOf, UserError } from '../error.ts';
import type { Budget } from './budget.ts';

/**
 * Renders a template below `templates/` with its view. Errors: `UserError` (failure) with
 * template:line:column; built-in templates never fail.
 */
export type RenderTemplate = (template: string, view: object) => string;

export type Environment = typeof Handlebars;

/** A renderer that requests each template's function once. It owns the Handlebars instance. */
export function rendererOf(
  handlebars: Environment,
  budget: Budget,
  functionOf: (template: string) => (view: object) => string,
): RenderTemplate {
  countLoops(handlebars, budget);
  const known = new Map<string, (view: object) => string>();
  return (template, view) => {
    const run = known.get(template) ?? functionOf(template);
    known.set(template, run);
    try {
      budget.reset();
      return budget.whole(run(view));
    } catch (cause) {
      throw refusal(template, cause);
    }
  };
}

function countLoops(handlebars: Environment, budget: Budget): void {
  const each = handlebars.helpers.each as Handlebars.HelperDelegate;
  handlebars.registerHelper('each', function (this: unknown, list, options) {
    const fn: Handlebars.TemplateDelegate = (context, inner) =>
      budget.body(() => options.fn(context, inner));
    return each.call(this, list, { ...options, fn });
  });
}

function refusal(template: string, cause: unknown): UserError {
  const message = whereAndWhy(template, cause);
  const fix = 'Fix that template; "create-hpserver pack lint" finds all of its faults.';
  return new UserError(ExitCode.failure, [{ at: template, message, fix }], { cause });
}

/** Where the package keeps the template. */
export function templatePath(template: string): string {
  return `templates/${template}`;
}

/** `cpp/main.cc.hbs:3:7: "port" not defined`. Handlebars doesn't know the name of the file. */
export function whereAndWhy(template: string, cause: unknown): string {
  const message = messageOf(cause);
  const atRun = /^(.*) - (\d+):(\d+)$/.exec(message);
  if (atRun !== null) {
    const [, why, line, column] = atRun;
    // Handlebars counts columns from 0, editors from 1.
    const where = `${template}:${line}:${Number(column) + 1}`;
    return `${where}: ${why?.replace(' in [object Object]', '')}`;
  }
  const atParse = /^Parse error on line (\d+):\n(.*)$/s.exec(message);
  if (atParse !== null) {
    const [, line, why = ''] = atParse;
    return `${template}:${line}:${columnOfArrow(why)}: ${why}`;
  }
  return `${template}: ${message}`;
}

/** The column, from a parse error that draws `-----^` below the faulty line. */
function columnOfArrow(message: string): number {
  const arrow = message.split('\n').find((line) => /^-*\^$/.test(line));
  return arrow?.length ?? 1;
}
