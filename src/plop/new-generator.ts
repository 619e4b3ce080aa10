/** Scaffolds a folder of `generators/`: one yes/no question, and a file generated on yes. */

import { fileURLToPath } from 'node:url';
import type { PlopGeneratorConfig } from 'plop';

const kTemplates = fileURLToPath(new URL('new-generator', import.meta.url));

export const newGenerator: PlopGeneratorConfig = {
  description: 'a generator for a new feature, in its own folder',
  prompts: [
    {
      type: 'input',
      name: 'id',
      message: 'Name of the feature, such as rate-limit',
      validate: (id: string) =>
        /^[a-z]+(-[a-z]+)*$/.test(id) || 'Use lower-case words, joined by dashes.',
    },
  ],
  actions: [
    ...['questions.ts', 'generator.ts'].map((file) => ({
      type: 'add' as const,
      path: `generators/{{id}}/${file}`,
      templateFile: `${kTemplates}/${file}.hbs`,
    })),
    ({ id }, _, plop) => {
      const name = plop.renderString('{{camelCase id}}', { id });
      return `now add { ${name} } from './${id}/generator.ts' to generators/index.ts`;
    },
  ],
};
