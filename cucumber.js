/**
 * Profiles of cucumber-js. `npm test` and `npm start` use them through ci/features; `npx cucumber-js` works too and
 * leaves evidence in reports/direct, without the page.
 */
const { availableParallelism } = require('node:os');

/** What a scenario's machine, its emulator and the customer's programs take at most (bytes). */
const SCENARIO_MEMORY = 3 * 1024 ** 3;

/** As many scenarios at once as there are processors, and memory for: an emulated machine keeps one of them busy. */
const atOnce = Math.min(availableParallelism(), Math.floor(process.availableMemory() / SCENARIO_MEMORY));

const common = {
  requireModule: ['ts-node/register'],
  require: ['steps/**/*.ts'],
  format: ['./ci/progress/formatter.cjs'],
  formatOptions: { snippetInterface: 'async-await' },
  // Emulated machines have failed by themselves now and then: see docs/decisions/0028-second-attempt-for-machines.md.
  retry: 1,
  retryTagFilter: '@vm',
};

module.exports = {
  default: { ...common, ...(atOnce > 1 ? { parallel: atOnce } : {}) },
  /** The main journey alone: what `npm start` runs. */
  journey: { ...common, tags: '@main-journey' },
};
