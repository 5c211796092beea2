import { expect, test } from 'vitest'
import { measureManyTasks } from './manyTasks.js'
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

test('a wait for many tasks needs at most 400 bytes for each', { timeout: 60_000 }, async () => {
  const collectGarbage = globalThis.gc
  if (collectGarbage === undefined) throw new Error('Run this with --expose-gc, as vitest.config.ts says')
  const measured = await measureManyTasks(
    () => {
      collectGarbage()
    },
    50_000,
    5000,
  )
  expect(measured.bytesPerTask).toBeGreaterThan(0)
  expect(measured.bytesPerTask).toBeLessThan(400)
  expect(measured.microsecondsPerQuery).toBeGreaterThan(0)
})
