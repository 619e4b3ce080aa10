/** Plopfiles chosen for what their actions do, and unsupported ones. */

import { kName, type Repository } from './repository.ts';

export const kActions: Readonly<Record<string, Repository>> = {
  'files of the project that it changes': {
    files: {
      'plopfile.js': `module.exports = (plop) => plop.setGenerator('route', {
  prompts: [${kName}],
  actions: [
    'The route:',
    { type: 'add', path: 'app/{{dashCase name}}.ts', templateFile: 'route.hbs' },
    {
      type: 'modify', path: 'app/routes.ts', pattern: /( *)(\\/\\/ more)/,
      template: "$1'/{{dashCase name}}',\\n$1$2",
    },
    {
      type: 'append', path: 'app/index.ts', pattern: '/* exports */', unique: true,
      templateFile: 'export.hbs',
    },
    { type: 'modify', path: 'README.md', transform: (text) => text + '\\nMore.\\n' },
  ],
});
`,
      'route.hbs': 'export default "{{name}}";\n',
      'export.hbs': "export * from './{{dashCase name}}';",
    },
    pack: null,
    generator: 'route',
    values: { name: 'user list' },
    args: ['user list'],
  },
  'actions that take their time': {
    files: {
      'plopfile.js': `const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
module.exports = (plop) => {
  plop.setActionType('later', async (answers, config, plop) => {
    await sleep(20);
    answers.made = plop.renderString(config.text, answers);
    return 'later';
  });
  plop.setGenerator('job', {
    prompts: [${kName}],
    actions: [
      { type: 'later', text: '{{constantCase name}}' },
      async (answers) => { await sleep(5); answers.count = 2; return 'well'; },
      { type: 'add', path: 'app/jobs/{{name}}.ts', template: '{{made}} {{count}} {{stamp}}\\n',
        data: async () => { await sleep(5); return { stamp: 'S' }; } },
      { type: 'add', path: 'app/jobs/{{name}}.md', template: 'x', transform: async (t) => t + t },
      { type: 'add', path: 'app/jobs/no.md', skip: async () => 'not today' },
    ],
  });
};
`,
    },
    pack: null,
    generator: 'job',
    values: { name: 'mail' },
    args: ['mail'],
  },
  'prompts of its own, and a function that asks': {
    files: {
      'plopfile.mjs': `import fuzzy from './plop/fuzzy.mjs';
export default (plop) => {
  plop.setPrompt('fuzzy', fuzzy);
  plop.setGenerator('view', {
    prompts: async (inquirer) => {
      const { name } = await inquirer.prompt({ ...${kName}, default: 'home' });
      const { layout } = await inquirer.prompt({
        type: 'list', name: 'layout', message: 'Layout?', choices: ['wide', 'narrow'],
      });
      return { name, layout };
    },
    actions: [{ type: 'add', path: 'app/{{layout}}/{{name}}.html', templateFile: 'plop/view.hbs' }],
  });
};
`,
      'plop/fuzzy.mjs': 'export default class Fuzzy {\n  run() {\n    return "";\n  }\n}\n',
      'plop/view.hbs': '<body class="{{layout}}">{{name}}</body>\n',
    },
    pack: null,
    generator: 'view',
    values: { name: 'home', layout: 'wide' },
    // Plop passes no answers to such a function: these are the defaults.
    args: [],
  },
  'many files at once, with globs and options': {
    files: {
      'plopfile.js': `module.exports = (plop) => {
  const base = 'plop/{{kind}}';
  plop.setGenerator('feature', {
    prompts: [${kName}, { type: 'list', name: 'layer', message: 'Layer?', choices: ['ui', 'api'] }],
    actions: [
      {
        type: 'addMany', destination: 'app/{{name}}', base: 'plop/{{layer}}',
        templateFiles: ['plop/{{layer}}/**/*.hbs', 'plop/{{layer}}/.*'],
        globOptions: { dot: true }, stripExtensions: ['hbs', 'tpl'], verbose: false,
      },
      {
        type: 'addMany', destination: 'app/{{name}}', base: 'plop/{{layer}}', force: true,
        templateFiles: () => 'plop/{{layer}}/index.ts.hbs', data: { more: true },
      },
      {
        type: 'addMany', destination: 'app/{{name}}', base: 'plop/{{layer}}', skipIfExists: true,
        templateFiles: 'plop/{{layer}}/index.ts.hbs',
      },
    ],
  });
};
`,
      'plop/ui/index.ts.hbs': 'export {}; // {{name}}{{#if more}} more{{/if}}\n',
      'plop/ui/deep/{{name}}.css.hbs': '.{{name}} {}\n',
      'plop/ui/.keep': '',
      'plop/api/index.ts.hbs': 'export {};\n',
    },
    pack: null,
    generator: 'feature',
    values: { name: 'basket', layer: 'ui' },
    args: ['basket', 'ui'],
  },
  'programs that it starts in the project': {
    files: {
      'plopfile.js': `const { execSync } = require('child_process');
module.exports = (plop) => plop.setGenerator('note', {
  prompts: [${kName}],
  actions: [
    { type: 'add', path: 'notes/{{name}}.md', template: 'b\\na\\n' },
    ({ name }) => { execSync(\`sort -o notes/\${name}.md notes/\${name}.md\`); return 'sorted'; },
  ],
});
`,
    },
    pack: null,
    generator: 'note',
    values: { name: 'n' },
    args: ['n'],
  },
  'a file that only the user has': {
    files: {
      'plopfile.js': `module.exports = (plop) => plop.setGenerator('x', {
  prompts: [${kName}],
  actions: [{ type: 'append', path: 'mine/list.ts', template: '{{name}}' }],
});
`,
    },
    pack: null,
    generator: 'x',
    values: { name: 'n' },
    args: ['n'],
    own: { 'mine/list.ts': '// mine\n' },
    refused: /changes "mine\/list\.ts", which is your own file\. Every regenerate/,
  },
  'a folder beside the plopfile’s own': {
    files: {
      'plopfile.js': `module.exports = (plop) => plop.setGenerator('package', {
  prompts: [${kName}],
  actions: [{ type: 'add', path: '../packages/{{name}}/index.ts', templateFile: 'p.hbs' }],
});
`,
      'p.hbs': '\n',
    },
    pack: null,
    generator: 'package',
    values: { name: 'n' },
    args: ['n'],
    refused: /would write "\.\.\/packages\/n.*outside the project/,
  },
};
