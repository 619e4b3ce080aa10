import type { ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = {
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // One file after the other: each needs the machine to itself.
    fileParallelism: false,
    maxConcurrency: 6,
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
};

export default config;
