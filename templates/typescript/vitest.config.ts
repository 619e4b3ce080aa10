import { defineConfig } from 'vitest/config';

// Hooks start servers: on a machine that is busy that takes its time.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
});
