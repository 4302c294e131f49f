import { defineConfig } from 'vitest/config';
import { Summary } from './test/support/summary.ts';

/** Whole programs, crashes and other people's software: slower by nature. */
const whole = ['test/e2e/**/*.test.ts', 'test/real/**/*.test.ts'];

/** They change what a whole process shares: its clock, its certificate authorities, its environment. */
const alone = ['test/lab/**/*.test.ts', 'test/unit/transport/**/*.test.ts'];

export default defineConfig({
  test: {
    // Most tests wait for something: a worker for each core, not one fewer.
    maxWorkers: '100%',
    reporters: [['default', { summary: false }], new Summary()],
    projects: [
      {
        extends: true,
        // One process runs many files: loading the same modules for each of them took longer than the tests.
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...whole, ...alone],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      { extends: true, test: { name: 'alone', include: alone, testTimeout: 20_000 } },
      {
        extends: true,
        // On a busy machine a real wait may come out longer than what it waits for: what fails is tried once more, and said.
        test: { name: 'whole', include: whole, testTimeout: 60_000, hookTimeout: 60_000, retry: 1 },
      },
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
      include: ['engine/plan/**', 'engine/state/**'],
      // What decides about deletions and what survives a crash: every branch is tried.
      thresholds: {
        'engine/plan/**': { branches: 100 },
        'engine/state/**': { branches: 100 },
      },
    },
  },
});
