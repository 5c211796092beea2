import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** One classic script and one style, which `inlineClient.ts` puts into the package. */
export default defineConfig({
  root: fileURLToPath(new URL('client', import.meta.url)),
  logLevel: 'warn',
  // The same whatever NODE_ENV is: the tests run what is published.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: {
    write: false,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('client/main.tsx', import.meta.url)),
      output: { format: 'iife' },
    },
  },
})
