import { expect, test } from 'vitest'
import { measureMemory, mostBytesPerTask } from './memory.js'

test('a wait needs less than 1 KiB for a pending task', async () => {
  const collectGarbage = globalThis.gc
  if (collectGarbage === undefined) throw new Error('Run this with --expose-gc, as vitest.config.ts says')
  const { looksPerTask, bytesPerTask } = await measureMemory(() => collectGarbage())
  expect(looksPerTask).toBeGreaterThan(3)
  expect(bytesPerTask).toBeGreaterThan(0)
  expect(bytesPerTask).toBeLessThan(mostBytesPerTask)
})
