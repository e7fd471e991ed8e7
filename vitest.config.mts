import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['ci/test/seed-properties.ts'],
    include: ['{simulators,images,guides,ci,steps}/**/*.test.ts'],
    // The slowest try 20,000 damaged inputs; a busy machine takes several times as long.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Two cores on the reference machine: more workers than cores only make timing-sensitive waits flaky.
    maxWorkers: 2,
  },
});
