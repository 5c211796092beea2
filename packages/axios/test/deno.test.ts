import { startEmulator } from '@task-outcome/emulator'
import axios from 'axios'
import { afterEach, expect, test, vi } from 'vitest'
import { createAxiosTaskClient } from '../src/index.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

// Deno's `node:http` sends a request again when a reused connection breaks. If the new connection is refused, the first request
// may have arrived all the same.
test('on Deno, a refused connection proves that nothing was sent only with sendsOnce', async () => {
  vi.stubGlobal('Deno', {})
  const emulator = await startEmulator()
  const config = { url: await emulator.refusedUrl() }
  const submit = async (options: { readonly sendsOnce?: boolean }) => {
    const result = await createAxiosTaskClient(axios.create(), options).submit(config)()
    return result._tag === 'Left' ? result.left : result
  }
  expect(await submit({})).toMatchObject({ _tag: 'DeliveryUnknown', reason: { code: 'ECONNREFUSED' } })
  expect(await submit({ sendsOnce: true })).toMatchObject({ _tag: 'NotSent' })
  await emulator.close()
})
