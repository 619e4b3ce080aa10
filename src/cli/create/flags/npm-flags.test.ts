import { describe, expect, test } from 'vitest';
import type { Host } from '../../../console/host.ts';
import { catalog } from '../../../project.ts';
import { createFlags } from './create-flags.ts';
import { swallowedFlags } from './npm-flags.ts';

const flags = createFlags(catalog);
const output = { write: () => {}, terminal: false, columns: 80 };

/** The way npm 11 starts `npm create hpserver …` (observed, not guessed). */
function started(args: readonly string[], variables: Readonly<Record<string, string>>): Host {
  const env = {
    npm_command: 'init',
    npm_lifecycle_event: 'npx',
    npm_config_yes: '',
    npm_config_cache: '/home/me/.npm',
    npm_config_user_agent: 'npm/11',
    ...variables,
  };
  const readStdin = async () => '';
  const machine = async () => ({});
  return { args, env, cwd: '/', out: output, err: output, interactive: true, readStdin, machine };
}

describe('flags that npm kept', () => {
  test.each([
    ['--io epoll', ['app', 'epoll'], { npm_config_io: 'true' }, '--io VALUE'],
    ['--io-model=epoll', ['app'], { npm_config_io_model: 'epoll' }, '--io-model=epoll'],
    ['--dry-run', ['app'], { npm_config_dry_run: 'true' }, '--dry-run'],
    ['--json', ['app'], { npm_config_json: 'true' }, '--json'],
    ['--no-git', ['app'], { npm_config_git: 'false' }, '--no-git'],
    ['--no-build', ['app'], { npm_config_build: '' }, '--no-build'],
  ])('%s', (_typed, args, variables, word) => {
    const issue = swallowedFlags(flags, started(args, variables));
    expect(issue?.fix).toBe(`npm create hpserver@latest -- ${[...args, word].join(' ')}`);
  });

  test('--yes is told along with another flag', () => {
    const host = started(['app'], { npm_config_yes: 'true', npm_config_language: 'cpp' });
    expect(swallowedFlags(flags, host)?.fix).toContain('--yes --language=cpp');
  });
});

describe('no false alarm', () => {
  test.each([
    ['npm create hpserver app', ['app'], {}],
    ['npm create --yes hpserver app', ['app'], { npm_config_yes: 'true' }],
    ['json=true in npmrc, flags behind --', ['app', '--yes'], { npm_config_json: 'true' }],
    ['git=/usr/bin/git in npmrc', ['app'], { npm_config_git: '/usr/bin/git' }],
    ['an npm that runs our own tests', ['app'], { npm_command: 'test', npm_config_io: 'true' }],
    ['no npm at all', ['app'], { npm_command: '', npm_lifecycle_event: '' }],
  ])('%s', (_name, args, variables) => {
    expect(swallowedFlags(flags, started(args, variables))).toBeNull();
  });
});
