import { defineConfig } from 'vitest/config';

/** Slow suites: crash tests, PostgreSQL, the shared data sets. They skip with a clear line where something is absent. */
export default defineConfig({
  test: {
    include: ['tests/slow/**/*.test.ts'],
    setupFiles: ['tests/support/blockNetwork.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
