/** Names that match the pattern but break a build. */

import type { Rule } from '../../src/spec/rule.ts';

/** Targets that CMake and its generators define: cmake-policies(7), CMP0037. */
const kCmakeTargets = [
  'all',
  'clean',
  'depend',
  'edit-cache',
  'help',
  'install',
  'package',
  'test',
];

/** Folders of the emitted project, and the core's library target. */
const kProject = ['build', 'dist', 'src', 'public', 'hpserver'];

/** npm refuses these, and the names of Node's own modules. */
const kNpm = ['node-modules', 'favicon-ico', 'npm', 'node'];

const kNodeModules = [
  'assert',
  'buffer',
  'cluster',
  'console',
  'constants',
  'crypto',
  'dgram',
  'dns',
  'domain',
  'events',
  'fs',
  'http',
  'http2',
  'https',
  'inspector',
  'module',
  'net',
  'os',
  'path',
  'process',
  'punycode',
  'querystring',
  'readline',
  'repl',
  'stream',
  'string-decoder',
  'sys',
  'timers',
  'tls',
  'tty',
  'url',
  'util',
  'v8',
  'vm',
  'wasi',
  'zlib',
];

export const reservedNames: Rule = {
  when: { name: [...kCmakeTargets, ...kProject, ...kNpm, ...kNodeModules] },
  status: 'refused',
  message: 'this name is reserved by CMake, npm, Node or the project itself',
  fix: 'Choose another --name: add what it serves, such as "-server".',
};
