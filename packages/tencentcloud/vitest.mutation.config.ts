import { defineConfig } from 'vitest/config'

// The tests that are run for each mutant: in a copy of this folder, where nothing above it can be imported.
export default defineConfig({
  test: { include: ['src/**/*.test.ts'], bail: 1 },
})
