import { defineConfig } from 'vitest/config'
import { test } from '../../vitest.shared.js'

// The memory is measured after the garbage has been collected.
export default defineConfig({ test: { ...test, execArgv: ['--expose-gc'] } })
