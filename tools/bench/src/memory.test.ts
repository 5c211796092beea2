import { expect, test } from 'vitest'
import { measureIds, measureMemory, mostBytesPerId, mostBytesPerTask } from './memory.js'

test('a wait needs less than 1 KiB for a pending task', async () => {
  const collectGarbage = globalThis.gc
  if (collectGarbage === undefined) throw new Error('Run this with --expose-gc, as vitest.config.ts says')
  const { looksPerTask, bytesPerTask } = await measureMemory(() => collectGarbage())
  expect(looksPerTask).toBeGreaterThan(3)
  expect(bytesPerTask).toBeGreaterThan(0)
  expect(bytesPerTask).toBeLessThan(mostBytesPerTask)
})

test('an id of a large body does not keep the body alive', { timeout: 60_000 }, () => {
  const collectGarbage = globalThis.gc
  if (collectGarbage === undefined) throw new Error('Run this with --expose-gc, as vitest.config.ts says')
  const { bodyBytes, bytesPerId } = measureIds(() => collectGarbage(), 5)
  expect(bodyBytes).toBeGreaterThan(6_000_000)
  expect(bytesPerId).toBeLessThan(mostBytesPerId)
})
