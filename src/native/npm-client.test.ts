import { expect, test } from 'vitest';
import { byNpmClient } from './npm-client.ts';

test.each([
  ['pnpm/9.12.0 npm/? node/v20.19.0 linux x64', 'pnpm'],
  ['yarn/1.22.22 npm/? node/v20.19.0 linux x64', 'yarn'],
  ['yarn/4.5.0 npm/? node/v20.19.0 linux x64', 'npm'],
  ['npm/11.0.0 node/v20.19.0 linux x64 workspaces/false', 'npm'],
  [undefined, 'npm'],
])('a project is installed by whom the user has called: %s (U18)', (agent, client) => {
  const env = agent === undefined ? {} : { npm_config_user_agent: agent };
  expect(byNpmClient(['npm', 'run', 'build'], env)).toEqual([client, 'run', 'build']);
  expect(byNpmClient(['sh', '-c', 'cmake'], env)).toEqual(['sh', '-c', 'cmake']);
});
