/** A repository with a plopfile, as these tests describe it. */

import type { Values } from '../../../src/spec/question.ts';

export interface Repository {
  /** Its files, including the plopfile. */
  readonly files: Readonly<Record<string, string>>;
  /** Which of them belong to the pack; `null`: all. */
  readonly pack: readonly string[] | null;
  readonly generator: string;
  readonly values: Values;
  /** The same, for plop's command line. */
  readonly args: readonly string[];
  /** What is refused, and why. */
  readonly refused?: RegExp;
  /** The project's files written by its user. */
  readonly own?: Readonly<Record<string, string>>;
}

/** What is generated in every case. */
export const kGenerated: Readonly<Record<string, string>> = {
  'app/routes.ts': 'export const routes = [\n  // more\n];\n',
  'app/index.ts': "export * from './routes';\n/* exports */\n",
  'package.json': '{ "name": "shop" }\n',
  'README.md': '# shop\n',
};

/** A prompt for the name, which every plopfile has. */
export const kName = `{ type: 'input', name: 'name', message: 'Name?' }`;
