import { defineConfig } from 'vitest/config';

// Hooks start servers, which takes time on a busy machine.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
});
