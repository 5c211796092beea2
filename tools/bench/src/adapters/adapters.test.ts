import { startEmulator } from '@task-outcome/emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adapters, limited } from './adapters.js'
import { adapterSection } from './adapterSection.js'
import { responseUrls } from './responseServer.js'
import { responseSizes, compareAdapters } from './compareAdapters.js'

let emulator: Awaited<ReturnType<typeof startEmulator>>
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

test.each([...adapters, limited])(
  '$name returns an outcome, and $bareName what JSON.parse returns',
  async adapter => {
    const urls = responseUrls(emulator)
    for (const size of responseSizes) {
      expect(await adapter[size].ours(urls[size])).toHaveProperty('_tag', 'Right')
      expect(await adapter[size].bare(urls[size])).toHaveProperty('code', size === 'batch' ? 5400 : 0)
    }
  },
)

test('a small run has every row, and its page can be written', async () => {
  const measured = await compareAdapters(use => use(responseUrls(emulator)), undefined, {
    pairs: 2,
    turnMs: 1,
    warmUpMs: 1,
  })
  expect(measured).toHaveLength(16)
  const section = adapterSection(measured)
  for (const { name } of adapters) expect(section).toContain(name)
  expect(section).not.toMatch(/NaN|undefined|Infinity/)
})
