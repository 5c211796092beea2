import { defineConfig } from 'vitest/config'
import { test } from '../../vitest.shared.js'

export default defineConfig({
  test: {
    ...test,
    // Each file opens a PGlite, which is slow to start and takes a processor.
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // They run as a process of its own, in `test/process.test.ts` and `test/traces.test.ts`.
      exclude: ['src/main.ts', 'src/trace/startExport.ts', 'src/**/*.test.ts'],
      reporter: ['text', 'json-summary'],
      // Less than 100: some branches are for failures of the system, such as a notification that is lost.
      thresholds: { lines: 95, branches: 87, functions: 94, statements: 94 },
    },
  },
})
