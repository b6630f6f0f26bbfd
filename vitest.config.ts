import { defineConfig } from 'vitest/config';

/** The fast suites: everything under tests/ but the browser, the slow and the benchmark folders. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/browser/**', 'tests/slow/**', 'tests/bench/**'],
    setupFiles: ['tests/support/blockNetwork.ts'],
    // Vitest leaves one core free by default; on two cores that is half the machine.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
