import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{simulators,images,guides,ci,steps}/**/*.test.ts'],
    testTimeout: 30_000,
    // Two cores on the reference machine: more workers than cores only make timing-sensitive waits flaky.
    maxWorkers: 2,
  },
});
