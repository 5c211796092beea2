import type { ViteUserConfig } from 'vitest/config'

/** Tests live beside the source they check or in a test folder; each run leaves a report to be counted. */
export const test: NonNullable<ViteUserConfig['test']> = {
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  // The types' own tests, which the compiler runs.
  typecheck: { enabled: true, include: ['test/**/*.test-d.ts'] },
  environment: 'node',
  // For slow machines: no test is about time.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  reporters: ['default', 'json'],
  outputFile: { json: 'reports/vitest.json' },
}
