import { defineConfig } from 'vitest/config'
import { test } from '../../vitest.shared.js'

export default defineConfig({
  test: {
    ...test,
    globalSetup: 'test/globalSetup.ts',
    // Each file opens a PGlite, which is slow to start and takes a processor.
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts'],
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
})
