import { defineConfig } from 'vitest/config';

/** `unit` is what `npm run check` runs: no compiler, no server, no network. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'generators/**/*.test.ts',
            'native-core/fsm/**/*.test.ts',
            'test/engine/**/*.test.ts',
            'test/tidy.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
