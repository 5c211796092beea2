import { defineConfig } from 'vitest/config'
import { test } from '../../vitest.shared.js'
import { inlineClient } from './inlineClient.ts'

export default defineConfig({
  plugins: [inlineClient],
  test: {
    ...test,
    // It does not notice that the client has changed.
    fsModuleCache: false,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // The build replaces the assets.
      exclude: ['src/**/*.test.ts', 'src/clientAssets.ts'],
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
})
