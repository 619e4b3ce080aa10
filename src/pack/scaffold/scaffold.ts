/** The files of a new pack: small, complete, and accepted by its own lint and tests. */

import type { NewFile } from '../../disk/update/write-project.ts';
import { kSpecVersion } from '../../spec/spec.ts';

export interface Beginning {
  readonly name: string;
  readonly languages: 'both' | 'typescript' | 'cpp';
  readonly question: string;
  readonly file: string;
  readonly addition: string;
}

/**
 * `engine` is the version of create-hpserver that creates it. The first test writes its golden
 * outputs.
 */
export function scaffold(beginning: Beginning, engine: string): readonly NewFile[] {
  const { file, addition } = beginning;
  const cases = languagesOf(beginning).map((language) => ({
    path: `tests/${language}/answers.json`,
    text: json({ name: 'demo', language }),
  }));
  const files = [
    { path: 'hppack.json', text: json(documentFor(beginning, engine)) },
    { path: 'package.json', text: json(packageFor(beginning)) },
    { path: 'README.md', text: readme(beginning) },
    { path: `templates/${file}.hbs`, text: fileTemplate(beginning) },
    { path: `templates/additions/${addition}.md.hbs`, text: kAdditionTemplate },
    ...cases,
    { path: `tests/with-${addition}/spec.json`, text: json(wishWith(beginning)) },
  ];
  return files.map((each) => ({ ...each, mode: 0o644 }));
}

function languagesOf({ languages }: Beginning): readonly string[] {
  return languages === 'both' ? ['typescript', 'cpp'] : [languages];
}

function keyOf({ name, question }: Beginning): string {
  return `${name}.${question}`;
}

const kVersion = '0.1.0';

/** For `npm pack` and `npm publish`. */
function packageFor({ name }: Beginning): object {
  const description = `A pack for create-hpserver: ${name}`;
  return { name, version: kVersion, description, keywords: ['hpserver-pack'] };
}

function documentFor(beginning: Beginning, engine: string): object {
  const { name, question, file, addition, languages } = beginning;
  const key = keyOf(beginning);
  const inOne = languages === 'both' ? {} : { language: [languages] };
  return {
    $schema: 'https://unpkg.com/create-hpserver/schemas/hppack.schema.json',
    name,
    version: kVersion,
    engine: `>=${engine}`,
    questions: [
      {
        kind: 'boolean',
        key,
        group: name,
        title: question,
        help: `Whether the project gets ${file}.`,
        default: true,
      },
    ],
    files: [{ id: question, from: `${file}.hbs`, to: file, when: { ...inOne, [key]: [true] } }],
    additions: [
      {
        kind: addition,
        title: `a ${addition}`,
        help: `A separate file in docs/${addition}s/.`,
        questions: [kAdditionName],
        files: [
          {
            id: 'page',
            from: `additions/${addition}.md.hbs`,
            to: `docs/${addition}s/{{addition.name}}.md`,
          },
        ],
      },
    ],
  };
}

const kAdditionName = {
  kind: 'text',
  key: 'name',
  title: 'Name',
  help: 'Names the file.',
  default: 'first',
  pattern: '[a-z][a-z0-9-]*',
  patternMeaning: 'lower-case letters, digits and dashes, starting with a letter',
  maxLength: 40,
};

function fileTemplate(beginning: Beginning): string {
  const { addition, languages } = beginning;
  const each = {
    typescript: 'The handlers of {{name}} are TypeScript, in src/handlers/.',
    cpp: 'The handlers of {{name}} are C++, in src/handlers/.',
  };
  const body =
    languages === 'both'
      ? ['{{#if is.language.cpp}}', each.cpp, '{{else}}', each.typescript, '{{/if}}']
      : [each[languages]];
  const list = [`{{#if additions.${addition}}}`, '', `{{#each additions.${addition}}}`];
  const lines = ['# {{name}}', '', ...body, ...list, '- {{name}}', '{{/each}}', '{{/if}}'];
  return `${lines.join('\n')}\n`;
}

const kAdditionTemplate = '# {{addition.as.name.pascal}}\n\nIt belongs to {{name}}.\n';

function wishWith(beginning: Beginning): object {
  const [language] = languagesOf(beginning);
  const additions = [{ kind: beginning.addition, name: 'first' }];
  return { version: kSpecVersion, values: { name: 'demo', language }, additions };
}

function readme({ name, question, file, addition }: Beginning): string {
  return `# ${name}

A pack for create-hpserver. It asks \`${name}.${question}\`, plans \`${file}\`, and can \`add ${addition}\`.

\`\`\`sh
npm create hpserver@latest my-server -- --pack ./${name}
\`\`\`

| | |
|---|---|
| \`hppack.json\` | what it asks, plans and adds |
| \`package.json\` | for \`npm pack\` and \`npm publish\`, with the same name and version |
| \`templates/\` | its own files |
| \`partials/\`, \`overrides/\` | replacements for other packs' blocks and templates (none yet) |
| \`tests/\` | golden cases: answers, and the files the pack must generate |

After a change:

\`\`\`sh
npx create-hpserver pack lint .
npx create-hpserver pack test . --update
\`\`\`
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
