/** Handlebars as this house uses it: strict, no HTML escaping, no helpers but the built-in blocks. */

import Handlebars from 'handlebars';
import type { Assets } from '../plan/assets.ts';

/** Renders a template below `templates/` with its view. Errors: throws with template:line:column. */
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
  const [first = ''] = message.split('\n');
  // A parse error says "Parse error on line 3:", a strict one ends in " - 3:7".
  const [, line, column] =
    / - (\d+):(\d+)$/.exec(first) ?? /^Parse error on line (\d+):/.exec(first) ?? [];
  if (line === undefined) return `${template}: ${message}`;
  const why = first.replace(/ - \d+:\d+$/, '').replace(/^Parse error on line \d+:/, '');
  const rest = message.split('\n').slice(1).join('\n');
  const where = `${template}:${line}:${column ?? columnOfArrow(message)}`;
  return `${where}: ${`${why}\n${rest}`.trim()}`;
}

/** A parse error draws `-----^` below the faulty line. */
function columnOfArrow(message: string): number {
  const arrow = message.split('\n').find((line) => /^-*\^$/.test(line));
  return arrow === undefined ? 1 : arrow.length;
}
