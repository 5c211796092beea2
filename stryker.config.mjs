// Mutation testing: `npm run mutation`. Each package is run in its own folder, with this configuration.

export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: ['src/**/*.ts', '!src/**/*.test.ts', '!src/index.ts'],
  ignorePatterns: ['dist', 'coverage', 'reports'],
  // What is computed when a module is loaded, as tables and codecs, is not mutated test by test.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 3000,
  reporters: ['clear-text', 'progress', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'reports/mutation/mutation.html' },
  thresholds: { high: 100, low: 95, break: 95 },
  tempDirName: '.stryker-tmp',
}
