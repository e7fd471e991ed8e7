/**
 * Profiles of cucumber-js. `npm test` and `npm start` use them through ci/features; `npx cucumber-js` works too and
 * leaves evidence in reports/direct, without the page.
 */
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
  default: common,
  /** The main journey alone: what `npm start` runs. */
  journey: { ...common, tags: '@main-journey' },
};
