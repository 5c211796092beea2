import { defineConfig } from 'vitest/config'
import { test } from '../../vitest.shared.js'

// To compile a program takes seconds, and longer on a busy machine.
export default defineConfig({ test: { ...test, testTimeout: 120_000 } })
