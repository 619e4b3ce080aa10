/** Tricks in `hpserver.json`, and in the packs it refers to: see `tricks.ts`. */

import type { Trap, WishTrick } from './tricks.ts';

const kCommit = 'a'.repeat(40);
const kNoVersion = /is not a valid version, so nothing was fetched/;
const kNotHere = /is not on this machine, and this command downloads nothing/;

const pack = (source: string, version = '1.0.0') => ({ packs: [{ source, name: 'a', version }] });

function version(name: string, spell: (trap: Trap) => string): WishTrick {
  const wish = (trap: Trap) => pack('a', spell(trap));
  return { name: `a version that is ${name}`, wish, says: kNoVersion, status: 2 };
}

function source(name: string, spell: (trap: Trap) => string, says = kNotHere): WishTrick {
  const status = says === kNotHere ? 1 : 2;
  return { name: `a source that is ${name}`, wish: (trap) => pack(spell(trap)), says, status };
}

const kNoSource = /is not the source of a pack/;
const kNoPlace = /packs cannot be fetched from/;

const kSources: readonly WishTrick[] = [
  source('a package of npm', () => 'a'),
  source('a range of npm', () => 'a@^1'),
  source('a package of a scope', () => '@corp/a'),
  source('a commit by https', ({ host }) => `git+${host.replace('http:', 'https:')}/x#${kCommit}`),
  source('a commit by ssh', () => `git+ssh://git@127.0.0.1:1/x.git#${kCommit}`),
  source('a commit of this machine', () => `git+file:///evil.git#${kCommit}`),
  source('a program to git', ({ program }) => `git+ext::${program}#${kCommit}`, kNoPlace),
  source('an option to ssh', () => `git+ssh://-oProxyCommand=x/y#${kCommit}`, kNoPlace),
  source('an option to npm', ({ host }) => `--registry=${host}`, kNoSource),
  source('a command to a shell', ({ program }) => `a;${program}`, kNoSource),
  {
    name: 'a source that ends the command which the message offers',
    wish: ({ program }) => pack(`git+https://127.0.0.1:1/x';${program};'#${kCommit}`),
    says: /pack explain 'git\+https:\/\/127\.0\.0\.1:1\/x'\\'';/,
    status: 1,
  },
  {
    name: 'a source that paints the terminal',
    wish: () => pack('./\u001b[2J'),
    says: /a pack needs a "source"/,
    status: 2,
  },
  source('a file behind a name', () => 'a@..', kNoSource),
  source('a repository behind a name', () => 'a@user/name', kNoSource),
];

const kVersions: readonly WishTrick[] = [
  version('a repository by https', ({ host }) => `git+${host}/x.git`),
  version('a repository of this machine', () => 'git+file:///evil.git'),
  version('a repository by name', () => 'github:user/name'),
  version('a file', () => 'file:./evil'),
  version('a folder', () => '../evil'),
  version('an address', ({ host }) => `${host}/x.tgz`),
  version('another package', () => 'npm:b@1.0.0'),
  version('a tag', () => 'latest'),
  version('an option', ({ host }) => `1.0.0 --registry=${host}`),
];

/** A pack in a folder of the project. */
function folder(
  name: string,
  says: RegExp,
  status: number,
  files: (trap: Trap) => Readonly<Record<string, string | object>>,
): WishTrick {
  const place = `packs/${name.replaceAll(/\W+/g, '-')}`;
  return {
    name: `a pack in a folder: ${name}`,
    wish: () => pack(`./${place}`),
    says,
    status,
    files: (trap) =>
      Object.fromEntries(
        Object.entries(files(trap)).map(([path, content]) => [
          `${place}/${path}`,
          typeof content === 'string' ? content : JSON.stringify(content),
        ]),
      ),
  };
}

const document = { name: 'a', version: '1.0.0' };
const runs = ({ program }: Trap) =>
  `import { execFileSync } from 'node:child_process';\nexecFileSync(${JSON.stringify(program)});\n`;
const text = { kind: 'text', key: 'own.word', title: 'x', help: 'x', default: 'x' };

const kFolders: readonly WishTrick[] = [
  folder('code', /would run the code in helpers\.js, which you do not trust yet/, 5, (trap) => ({
    'hppack.json': { ...document, helpers: 'helpers.js' },
    'helpers.js': runs(trap),
  })),
  folder('hooks', /would run the command .*, which you do not trust yet/, 5, ({ program }) => ({
    'hppack.json': { ...document, hooks: [[program]] },
  })),
  folder('a plopfile', /would run the code in plopfile\.js/, 5, (trap) => ({
    'plopfile.js': runs(trap),
  })),
  folder('a parent at npm', kNotHere, 1, () => ({
    'hppack.json': { ...document, extends: '@corp/base-pack' },
  })),
  folder('a parent of a program', kNoPlace, 2, ({ program }) => ({
    'hppack.json': { ...document, extends: `git+ext::${program}#${kCommit}` },
  })),
  folder('a key into a prototype', /JavaScript reserves/, 2, () => ({
    'hppack.json': {
      ...document,
      questions: [{ ...text, key: 'constructor.prototype.polluted' }],
    },
  })),
  folder('a pattern without an end', /is not a valid own\.word/, 2, () => ({
    'hppack.json': {
      ...document,
      questions: [{ ...text, default: `${'a'.repeat(40)}!`, pattern: '(a+)+' }],
    },
  })),
  folder('a path out of the project', /inside the project|is not normalised/i, 2, () => ({
    'hppack.json': { ...document, files: [{ from: 'a.txt', to: '../../evil.txt' }] },
    'templates/a.txt': 'a\n',
  })),
];

const kOthers: readonly WishTrick[] = [
  {
    name: 'a glob without an end',
    wish: () => ({ owners: { '*a*a*a*a*a*a*b': 'user' } }),
    says: /has more than 4 wildcards/,
    status: 2,
  },
  {
    name: 'a value into a prototype',
    wish: () => ({ values: JSON.parse('{"__proto__": {"polluted": 1}}') }),
    says: /the key "values\.__proto__" is refused/,
    status: 2,
  },
  {
    name: 'a hash that is a path',
    wish: () => ({ packs: [{ ...pack('a').packs[0], sha256: '../../evil' }] }),
    says: /is not a hexadecimal SHA-256/,
    status: 2,
  },
];

export const kWishTricks: readonly WishTrick[] = [
  ...kVersions,
  ...kSources,
  ...kFolders,
  ...kOthers,
];
