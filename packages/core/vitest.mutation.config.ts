import { defineConfig } from 'vitest/config'

// The tests that are run for each mutant: in a copy of this folder, where nothing above it can be imported. The bodies
// that are meant to take long are left out, and properties are tried less often.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: ['src/**/hostile.test.ts'],
    setupFiles: ['test/fewTries.ts'],
    isolate: false,
    testTimeout: 60_000,
    bail: 1,
  },
})
