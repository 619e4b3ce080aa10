/**
 * Handlebars as this house uses it: strict, no HTML escaping, no helpers but the built-in blocks.
 */

import Handlebars from 'handlebars';
import type { Assets } from '../plan/assets.ts';

/**
 * Renders a template below `templates/` with its view. Errors: throws with template:line:column.
 */
export type RenderTemplate = (template: string, view: object) => string;

const kCompileOptions = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
} as const;

/** A renderer that compiles each template once; its Handlebars shares nothing with others. */
export function createRenderer(assets: Assets): RenderTemplate {
  const handlebars = Handlebars.create();
  const compiled = new Map<string, (view: object) => string>();
  return (template, view) => {
    let run = compiled.get(template);
    if (run === undefined) {
      run = handlebars.compile(assets.read(templatePath(template)), kCompileOptions);
      compiled.set(template, run);
    }
    try {
      return run(view);
    } catch (cause) {
      throw new Error(whereAndWhy(template, cause), { cause });
    }
  };
}

/** Where the package keeps the template. */
export function templatePath(template: string): string {
  return `templates/${template}`;
}

/** `cpp/main.cc.hbs:3:7: "port" not defined`; Handlebars itself does not know the file's name. */
export function whereAndWhy(template: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
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

/** A parse error draws `-----^` below the faulty line. */
function columnOfArrow(message: string): number {
  const arrow = message.split('\n').find((line) => /^-*\^$/.test(line));
  return arrow?.length ?? 1;
}
