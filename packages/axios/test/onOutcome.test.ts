import { createPromiseTaskClient } from '@task-outcome/core'
import type { ExchangeSummary } from '@task-outcome/core/adapter'
import { startEmulator } from '@task-outcome/emulator'
import axios from 'axios'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAxiosTaskClient } from '../src/index.js'

let emulator: Awaited<ReturnType<typeof startEmulator>>
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

const urlOf = (query: string): string => `${emulator.endpoint}?${query}`
const summaryOf = (action: string) => ({
  method: 'GET',
  origin: new URL(emulator.endpoint).origin,
  path: new URL(emulator.endpoint).pathname,
  action,
})

test('the hook gets each result, and what is known of its exchange', async () => {
  const told: Array<readonly [unknown, ExchangeSummary]> = []
  const tasks = createPromiseTaskClient(
    createAxiosTaskClient(axios, { timeoutMs: 10_000, onOutcome: (...one) => void told.push(one) }),
  )
  const results = [
    await tasks.submit({ url: urlOf('Action=CreateLoadBalancer&SecretId=AKID12345678') }),
    await tasks.submitBatch({ url: urlOf('Action=StartInstances&instanceIds.0=ins-1') }),
    await tasks.status({ url: urlOf('Action=DescribeVpcTaskResult&taskId=1') }),
  ]
  expect(told.map(([result]) => result)).toEqual(results)
  expect(told.map(([, exchange]) => exchange)).toEqual([
    {
      operation: 'submission',
      request: summaryOf('CreateLoadBalancer'),
      sends: 1,
      durationMs: expect.any(Number) as number,
    },
    {
      operation: 'batchSubmission',
      request: summaryOf('StartInstances'),
      sends: 1,
      durationMs: expect.any(Number) as number,
    },
    {
      operation: 'query',
      request: summaryOf('DescribeVpcTaskResult'),
      sends: 1,
      durationMs: expect.any(Number) as number,
    },
  ])
  expect(JSON.stringify(told)).not.toContain('AKID')
})

test('the sends of an interceptor are counted', async () => {
  const sends: unknown[] = []
  const instance = axios.create()
  instance.interceptors.response.use(async response => {
    const { config } = response
    if (config.headers.has('X-Again')) return response
    config.headers.set('X-Again', '1')
    return instance.request(config)
  })
  const tasks = createAxiosTaskClient(instance, {
    onOutcome: (_, exchange) => void sends.push(exchange.sends),
  })
  await tasks.submit({ url: urlOf('Action=CreateLoadBalancer') })()
  expect(sends).toEqual([2])
})

test('a hook that throws changes nothing', async () => {
  const tasks = createAxiosTaskClient(axios, {
    onOutcome: () => {
      throw new Error('in the hook')
    },
  })
  expect(await tasks.submit({ url: urlOf('Action=CreateLoadBalancer') })()).toMatchObject({
    right: { _tag: 'AcceptedTask' },
  })
})
