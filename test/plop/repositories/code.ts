/** Plopfiles of many files, in TypeScript, with their own modules and prompts. */

import { kName, type Repository } from './repository.ts';

export const kCode: Readonly<Record<string, Repository>> = {
  'TypeScript that imports without extensions': {
    files: {
      'plopfile.ts': `import type { NodePlopAPI } from 'plop';
import { componentGenerator } from './generators/component';
import helpers from './generators/helpers/index.js';

export default function (plop: NodePlopAPI): void {
  for (const [name, helper] of Object.entries(helpers)) plop.setHelper(name, helper);
  plop.setGenerator('component', componentGenerator);
}
`,
      'generators/component.ts': `import type { PlopGeneratorConfig } from 'plop';
import { kSource } from './paths';

export const componentGenerator: Partial<PlopGeneratorConfig> = {
  description: 'a component',
  prompts: [${kName}],
  actions: [
    { type: 'add', path: kSource + '/{{pascalCase name}}.vue', templateFile: 'generators/sfc.hbs' },
  ],
};
`,
      'generators/paths.ts': `export const kSource = 'app/components' as const;\n`,
      'generators/helpers/index.ts': `const helpers: Record<string, (text: string) => string> = {
  loud: (text) => text.toUpperCase(),
};
export default helpers;
`,
      'generators/sfc.hbs': '<template>{{loud name}}</template>\n',
      'tsconfig.json': '{}\n',
      'src/main.ts': 'export {};\n',
    },
    pack: [
      'generators/component.ts',
      'generators/helpers/index.ts',
      'generators/paths.ts',
      'generators/sfc.hbs',
      'plopfile.ts',
    ],
    generator: 'component',
    values: { name: 'nav bar' },
    args: ['nav bar'],
  },
  'CommonJS that requires without extensions': {
    files: {
      'plopfile.js': `const { validate } = require('./scripts/lib');
const config = require('./scripts/config');
module.exports = (plop) => plop.setGenerator('store', {
  prompts: [{ type: 'input', name: 'name', message: 'Name?', validate }],
  actions: [
    { type: 'add', path: \`\${config.folder}/{{camelCase name}}.js\`, templateFile: config.template },
  ],
});
`,
      'scripts/lib/index.js': `exports.validate = (text) => require('./check')(text);\n`,
      'scripts/lib/check.js': `module.exports = (text) => /^[a-z]/.test(text) || 'lower case';\n`,
      'scripts/config.json': '{ "folder": "app/store", "template": "scripts/store.hbs" }\n',
      'scripts/store.hbs': 'export const {{camelCase name}} = {};\n',
      'scripts/release.js': 'process.exit(1);\n',
    },
    pack: [
      'plopfile.js',
      'scripts/config.json',
      'scripts/lib/check.js',
      'scripts/lib/index.js',
      'scripts/store.hbs',
    ],
    generator: 'store',
    values: { name: 'cart' },
    args: ['cart'],
  },
  'a generator for each file of a folder': {
    files: {
      'plopfile.js': `const fs = require('fs');
const path = require('path');
module.exports = (plop) => {
  const folder = path.join(__dirname, 'generators');
  for (const file of fs.readdirSync(folder)) require(path.join(folder, file))(plop);
};
`,
      'generators/a.js': `module.exports = (plop) => plop.setGenerator('a', {
  prompts: [${kName}],
  actions: [{ type: 'add', path: 'app/a-{{name}}.txt', templateFile: './templates/a.hbs' }],
});
`,
      'generators/b.js': `module.exports = (plop) => plop.setGenerator('b', {
  prompts: [], actions: [{ type: 'add', path: 'app/b.txt' }],
});
`,
      'templates/a.hbs': 'a of {{name}}\n',
      'server/index.js': 'throw new Error("not mine");\n',
    },
    pack: ['generators/a.js', 'generators/b.js', 'plopfile.js', 'templates/a.hbs'],
    generator: 'a',
    values: { name: 'x' },
    args: ['x'],
  },
  'another plopfile that is loaded': {
    files: {
      'plopfile.js': `module.exports = async (plop) => {
  await plop.load('./tools/shared.js', {}, { generators: true, helpers: ['dots'] });
  plop.setGenerator('own', {
    prompts: [${kName}], actions: [{ type: 'add', path: 'app/{{dots name}}' }],
  });
};
`,
      'tools/shared.js': `module.exports = (plop) => {
  plop.setHelper('dots', (text) => text.split('').join('.'));
  plop.setGenerator('shared', {
    prompts: [${kName}],
    actions: [
      { type: 'add', path: 'app/{{dots name}}.md', templateFile: 'shared.hbs' },
      { type: 'add', path: 'app/{{name}}.txt', template: '{{name}}' },
    ],
  });
};
`,
      'tools/shared.hbs': '{{dots name}}\n',
    },
    pack: null,
    generator: 'shared',
    values: { name: 'abc' },
    args: ['abc'],
  },
  'an ES module, with templates from import.meta.url': {
    files: {
      'plopfile.mjs': `import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plural } from './plop/words.mjs';
const here = dirname(fileURLToPath(import.meta.url));
export default async function (plop) {
  plop.setHelper('plural', plural);
  plop.setPartial('head', await readFile(join(here, 'plop/partials/head.hbs'), 'utf8'));
  plop.setGenerator('entity', {
    description: 'an entity',
    prompts: [${kName}, { type: 'confirm', name: 'dto', message: 'DTO?' }],
    actions(answers) {
      const actions = [{ type: 'add', path: 'app/{{plural name}}/entity.ts', templateFile: 'plop/entity.hbs' }];
      if (answers.dto) {
        actions.push({ type: 'add', path: 'app/{{plural name}}/dto.ts', templateFile: 'plop/dto.hbs' });
      }
      return actions;
    },
  });
}
`,
      'plop/words.mjs': `export const plural = (word) => word + 's';\n`,
      'plop/partials/head.hbs': '// {{name}}\n',
      'plop/entity.hbs': '{{> head}}export class {{pascalCase name}} {}\n',
      'plop/dto.hbs': '{{> head}}export type {{pascalCase name}}Dto = object;\n',
    },
    pack: null,
    generator: 'entity',
    values: { name: 'order', dto: true },
    args: ['order', 'y'],
  },
  'partials that are read from a folder': {
    files: {
      'plopfile.js': `const fs = require('fs');
const partials = './templates/partials';
module.exports = (plop) => {
  fs.readdirSync(partials).forEach((file) => {
    plop.setPartial(file.split('.')[0], fs.readFileSync(\`\${partials}/\${file}\`, 'utf8'));
  });
  plop.setGenerator('service', {
    prompts: [${kName}],
    actions: [{ type: 'add', path: 'app/{{name}}.service.ts', templateFile: 'templates/service.hbs' }],
  });
};
`,
      'templates/partials/imports.hbs': "import 'reflect';\n",
      'templates/partials/foot.hbs': '// end of {{name}}\n',
      'templates/service.hbs': '{{> imports}}class {{properCase name}} {}\n{{> foot}}',
    },
    pack: null,
    generator: 'service',
    values: { name: 'mail' },
    args: ['mail'],
  },
};
