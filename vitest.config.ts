import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { VitestOutcomes } from './scripts/gate/vitest-outcomes.ts';

const kUnit = [
  'src/**/*.test.ts',
  'scripts/**/*.test.ts',
  'generators/**/*.test.ts',
  'native-core/binding/**/*.test.ts',
  'native-core/fsm/**/*.test.ts',
  'test/engine/**/*.test.ts',
  'test/guide/chapter-by-chapter.test.ts',
  'test/guide/translations.test.ts',
  'test/tidy.test.ts',
];

/**
 * `unit` is what `npm run check` runs: no server, no network.
 * `whole` builds, starts and loads what was generated; it runs in `npm test` only.
 */
const config: ViteUserConfig = defineConfig({
  test: {
    reporters: ['default', new VitestOutcomes()],
    projects: [
      {
        test: {
          name: 'unit',
          include: kUnit,
          // What most files import is loaded once per worker: a fifth of the time is saved.
          isolate: false,
          // One per core: by default vitest leaves one of them alone.
          maxWorkers: '100%',
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: kUnit,
          // Most of them wait for deadlines, or for a compiler.
          maxWorkers: 2,
          maxConcurrency: 6,
          testTimeout: 600_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});

export default config;
