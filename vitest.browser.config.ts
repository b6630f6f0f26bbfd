import { defineConfig } from 'vitest/config';

/** Browser tests: a real server, a real Chromium. */
export default defineConfig({
  test: {
    include: ['tests/browser/**/*.test.ts'],
    setupFiles: ['tests/support/blockNetwork.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
