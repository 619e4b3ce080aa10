/** Peers that are built or fetched on first use. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish } from '../src/load/programs.ts';
import { printing, type Server } from './servers.ts';

/** The lower limit for any server: epoll and the kernel's TCP, without HTTP. */
export const floor: Server = {
  name: 'floor',
  rows: ['tiny', 'pipelined', 'connect', 'many'],
  start: async (setting) => {
    const program = join(setting.scratch, 'floor');
    const source = join(import.meta.dirname, 'floor', 'floor.cc');
    if (!existsSync(program)) await finish(['c++', '-O2', '-std=c++20', '-o', program, source]);
    return printing([program], setting.scratch, setting);
  },
};

/** Installs the package with npm, if need be, and returns its folder. Errors: npm fails. */
async function fetched(name: string, scratch: string): Promise<string> {
  const folder = join(scratch, 'fetched', name.replaceAll('/', '-'));
  if (existsSync(join(folder, 'node_modules'))) return folder;
  console.error(`fetching ${name} …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await finish(['npm', 'install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, name]);
  return folder;
}

const kPeers = join(import.meta.dirname, 'peers');

export const uws: Server = {
  name: 'uws',
  rows: ['tiny', 'pipelined', 'connect', 'many'],
  start: async (setting) => {
    const folder = await fetched('@trufflesuite/uws-js-unofficial', setting.scratch);
    const script = join(kPeers, 'uws.ts');
    const command = [process.execPath, '--import', 'tsx', script, setting.root, folder];
    return printing(command, import.meta.dirname, setting);
  },
};

export const bun: Server = {
  name: 'bun',
  rows: ['tiny', 'pipelined', 'connect', 'many'],
  start: async (setting) => {
    const folder = await fetched('bun', setting.scratch);
    const program = join(folder, 'node_modules/.bin/bun');
    return printing([program, join(kPeers, 'bun.ts')], setting.scratch, setting);
  },
};
