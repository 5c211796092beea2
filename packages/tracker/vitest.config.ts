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
      // Less than 100: some branches are races between processes, and one is for systems without /proc.
      thresholds: { lines: 98, branches: 97, functions: 98, statements: 98 },
    },
  },
})
