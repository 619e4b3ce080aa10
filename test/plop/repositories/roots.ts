/** Plopfiles at the root of a repository: where they find what they need. */

import { kName, type Repository } from './repository.ts';

const kTitle = '{{titleCase name}}\n';

export const kRoots: Readonly<Record<string, Repository>> = {
  'a root with a lock file, pictures and a release of yarn': {
    files: {
      'plopfile.js': `module.exports = (plop) => plop.setGenerator('page', {
  description: 'a page', prompts: [${kName}],
  actions: [{ type: 'add', path: 'app/pages/{{dashCase name}}.tsx', templateFile: 'plop/page.hbs' }],
});
`,
      'plop/page.hbs': 'export const {{pascalCase name}} = () => <h1>{{name}}</h1>;\n',
      'plop/unused.hbs': kTitle,
      'package-lock.json': ' '.repeat(2 << 20),
      'assets/hero.jpg': '\xff'.repeat(2 << 20),
      '.yarn/releases/yarn-4.0.0.cjs': '/**/'.repeat(1 << 20),
      'data/dump.sql': '-'.repeat(17 << 20),
    },
    pack: ['plop/page.hbs', 'plopfile.js'],
    generator: 'page',
    values: { name: 'user list' },
    args: ['user list'],
  },
  'names of templates that hold a partial': {
    files: {
      'plopfile.js': `module.exports = function (plop) {
  plop.setPartial('Name', '{{pascalCase name}}');
  plop.setGenerator('component', {
    prompts: [${kName}],
    actions: [
      {
        type: 'addMany',
        destination: 'app/components/{{> Name}}',
        base: 'templates/component',
        templateFiles: 'templates/component/**',
      },
    ],
  });
};
`,
      'templates/component/{{> Name}}.tsx.hbs': 'export function {{> Name}}() {}\n',
      'templates/component/index.ts.hbs': "export * from './{{> Name}}';\n",
    },
    pack: null,
    generator: 'component',
    values: { name: 'date picker' },
    args: ['date picker'],
  },
  'choices from its own sources, relative to its folder': {
    files: {
      'plopfile.cjs': `const fs = require('fs');
module.exports = (plop) => plop.setGenerator('story', {
  prompts: [
    {
      type: 'list', name: 'component', message: 'Which?',
      choices: fs.readdirSync('./src/widgets').map((name) => name.replace('.tsx', '')),
    },
  ],
  actions: [
    {
      type: 'add', path: 'stories/{{component}}.stories.tsx',
      template: "import { {{component}} } from '../src/widgets/{{component}}';\\n",
    },
  ],
});
`,
      'src/widgets/Badge.tsx': 'export const Badge = 1;\n',
      'src/widgets/Card.tsx': 'export const Card = 1;\n',
    },
    pack: ['plopfile.cjs'],
    generator: 'story',
    values: { component: 'Card' },
    args: ['Card'],
  },
  'paths from INIT_CWD, as npm sets it': {
    files: {
      'plopfile.mjs': `import path from 'node:path';
const here = process.env.INIT_CWD;
export default (plop) => plop.setGenerator('module', {
  prompts: [${kName}],
  actions: [
    { type: 'add', path: path.join(here, 'app/{{camelCase name}}.ts'), templateFile: 'm.hbs' },
    { type: 'add', path: \`\${process.env.INIT_CWD}/app/{{camelCase name}}.test.ts\` },
  ],
});
`,
      'm.hbs': 'export const name = "{{{name}}}";\n',
    },
    pack: null,
    generator: 'module',
    values: { name: 'Shop & Co' },
    args: ['Shop & Co'],
  },
  'a template that an action reads by a path relative to where it stands': {
    files: {
      'plopfile.js': `const { readFileSync, mkdirSync, writeFileSync } = require('fs');
module.exports = (plop) => {
  plop.setActionType('write', (answers, config, plop) => {
    const text = plop.renderString(readFileSync(config.from, 'utf8'), answers);
    mkdirSync('app/made', { recursive: true });
    writeFileSync(\`app/made/\${answers.name}.txt\`, text);
    return answers.name;
  });
  plop.setGenerator('text', {
    prompts: [${kName}],
    actions: [{ type: 'write', from: 'templates/text.hbs' }],
  });
};
`,
      'templates/text.hbs': kTitle,
    },
    // A file named by an action's own property isn't known to be a template.
    pack: ['plopfile.js'],
    generator: 'text',
    values: { name: 'one two' },
    args: ['one two'],
  },
  'paths from the working directory, and templates from __dirname': {
    files: {
      'plopfile.js': `const path = require('path');
const templates = path.join(__dirname, 'scaffold', 'templates');
const root = process.cwd();
module.exports = (plop) => {
  plop.setGenerator('hook', {
    prompts: [${kName}],
    actions: () => [
      {
        type: 'add',
        path: path.resolve(root, 'app/hooks', '{{camelCase name}}.ts'),
        templateFile: \`\${templates}/hook.ts.hbs\`,
      },
      {
        type: 'addMany',
        destination: path.join(process.cwd(), 'docs'),
        base: path.join(templates, 'docs'),
        templateFiles: [path.join(templates, 'docs', '*.hbs'), '!**/*.no.hbs'],
      },
    ],
  });
};
`,
      'scaffold/templates/hook.ts.hbs': 'export const {{camelCase name}} = () => {};\n',
      'scaffold/templates/docs/hook.md.hbs': kTitle,
      'scaffold/other.hbs': kTitle,
    },
    pack: ['plopfile.js', 'scaffold/templates/docs/hook.md.hbs', 'scaffold/templates/hook.ts.hbs'],
    generator: 'hook',
    values: { name: 'use toggle' },
    args: ['use toggle'],
  },
  'the package.json of the project, by the helper pkg': {
    files: {
      'plopfile.js': `module.exports = (plop) => plop.setGenerator('licence', {
  prompts: [${kName}],
  actions: [{ type: 'add', path: 'docs/{{name}}.md', template: '{{pkg "name"}} by {{name}}\\n' }],
});
`,
    },
    pack: null,
    generator: 'licence',
    values: { name: 'ann' },
    args: ['ann'],
  },
};
