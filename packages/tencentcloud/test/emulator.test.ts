/** Calls over real HTTP clients to the emulator, which verifies each signature with an implementation of its own. */
import { axiosTransport } from '@task-outcome/axios'
import type { SubmissionError, Transport } from '@task-outcome/core'
import { type Emulator, type EmulatorOptions, type Fault, startEmulator } from '@task-outcome/emulator'
import { fetchTransport } from '@task-outcome/fetch'
import {
  type SubmitBatch,
  acceptedEntries,
  runJob,
  submitAll,
  waitForBatch,
  waitForTask,
} from '@task-outcome/wait'
import axios from 'axios'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test } from 'vitest'
import type { Service } from '../src/actions/Service.js'
import {
  type TencentCloud,
  type TencentCloudOptions,
  type V3Parameters,
  createTencentCloud,
} from '../src/index.js'
import * as services from '../src/services.js'
import { fastClock } from './FastClock.js'
import { documented, rightOf } from './requests.js'

const transports: Readonly<Record<string, Transport>> = {
  fetch: fetchTransport(),
  axios: axiosTransport(axios.create()),
}
const { v2Queries, ...known } = services

const running: Emulator[] = []
const start = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const emulator = await startEmulator({
    credentials: [documented],
    services: Object.values<Service>(known),
    firstTaskId: 9007199254740993123n,
    ...options,
  })
  running.push(emulator)
  return emulator
}
afterEach(async () => {
  await Promise.all(running.splice(0).map(emulator => emulator.close()))
})

const cloudWith = (name: string, more: Partial<TencentCloudOptions> = {}): TencentCloud =>
  createTencentCloud({
    transport: transports[name]!,
    credentials: documented,
    region: 'ap-guangzhou',
    ...more,
  })

const cases = Object.keys(transports).flatMap(name =>
  Object.entries<Service>(known).map(([key, service]) => [name, key, service] as const),
)

test.each(cases)(
  'with %s, each action of %s starts a task, and its query finds it',
  async (name, _, service) => {
    const emulator = await start()
    const tasks = cloudWith(name).v3({ ...service, endpoint: emulator.url })
    for (const [action, { task, query }] of Object.entries(service.submits)) {
      const resourceId = 'ins-1'
      const ofResource = task._tag === 'RequestIdPerResource'
      const value = ofResource && task.parameter.endsWith('s') ? [resourceId] : resourceId
      const parameters = ofResource ? { [task.parameter]: value } : { Name: '测试 +=' }
      const { taskId } = rightOf(await tasks.submit(action, parameters)())
      expect(emulator.tasks.at(-1)).toMatchObject({ id: taskId, action, service: service.service })
      const required = (service.queries[query]?.requires ?? []).map(required => [required, 'x'])
      const follow = tasks.follow(action, { parameters: Object.fromEntries(required) as V3Parameters })
      expect(await follow.query([ofResource ? { taskId, resourceId } : { taskId }])()).toMatchObject({
        right: [{ taskId, status: { right: { _tag: 'Succeeded' } } }],
      })
    }
  },
)

describe.each(Object.keys(transports))('with %s', name => {
  test('a task of API 2.0 starts, and its query finds it, with both methods and signatures', async () => {
    const emulator = await start()
    for (const method of ['GET', 'POST'] as const)
      for (const signatureMethod of ['HmacSHA1', 'HmacSHA256'] as const) {
        const tasks = cloudWith(name).v2(emulator.endpoint, {
          method,
          signatureMethod,
          queries: v2Queries.lb,
        })
        const parameters = { loadBalancerId: 'lb-1', listeners: [{ name: '测试 2+2=4&a?b/c#%' }] }
        const { taskId } = rightOf(await tasks.submit('CreateLoadBalancerListeners', parameters)())
        expect(emulator.tasks.at(-1)!.id).toBe(taskId)
        expect(await tasks.status('DescribeLoadBalancersTaskResult', taskId)()).toMatchObject({
          right: { _tag: 'Succeeded' },
        })
      }
  })

  test('a batch of API 2.0 starts', async () => {
    const emulator = await start()
    const instanceIds = Array.from({ length: 12 }, (_, index) => `ins-${index}`)
    const submit = cloudWith(name).v2(emulator.endpoint).submitBatch('StartInstances', { instanceIds })
    expect(await submit()).toMatchObject({ right: { _tag: 'AllAccepted' } })
    expect(emulator.tasks).toHaveLength(12)
  })

  test('temporary credentials are accepted by both APIs, and another key is not', async () => {
    const temporary = { ...documented, token: 'tok+en/=' }
    const emulator = await start({ credentials: [temporary] })
    const both = async (credentials: TencentCloudOptions['credentials']) => {
      const cloud = cloudWith(name, { credentials })
      const v2 = cloud.v2(emulator.endpoint).submit('CreateImage', { instanceId: 'ins-1' })
      const v3 = cloud.v3({ ...services.clb, endpoint: emulator.url }).submit('CreateListener', {})
      return [await v2(), await v3()]
    }
    expect((await both(async () => temporary)).map(E.isRight)).toEqual([true, true])
    expect(await both({ ...temporary, secretKey: 'another' })).toMatchObject([
      { left: { _tag: 'Rejected', code: 4100 } },
      { left: { _tag: 'Rejected', code: 'AuthFailure.SignatureFailure' } },
    ])
  })

  test('waitForTask follows a task of clb to its end', async () => {
    const emulator = await start({ failures: () => ({ code: 5100, message: 'no' }) })
    const tasks = cloudWith(name).v3({ ...services.clb, endpoint: emulator.url })
    const submitted = rightOf(await tasks.submit('CreateListener', { LoadBalancerId: 'lb-1' })())
    expect(await waitForTask(submitted, tasks.follow('CreateListener'))()).toMatchObject({
      _tag: 'FinishedTask',
      status: { _tag: 'Failed' },
    })
  })

  test('a failed task of lkeap has an Error as its reason', async () => {
    const emulator = await start({ failures: () => ({ code: 5100, message: 'no page' }) })
    const tasks = cloudWith(name).v3({ ...services.lkeap, endpoint: emulator.url })
    const submitted = rightOf(await tasks.submit('CreateSplitDocumentFlow', {})())
    expect(await waitForTask(submitted, tasks.follow('CreateSplitDocumentFlow'))()).toMatchObject({
      status: { _tag: 'Failed', output: 'no page' },
    })
  })

  test('1,000 instances are followed to their ends, with 10 queries a look', async () => {
    const emulator = await start({ failures: { 'ins-7': { code: 5100, message: 'no' } } })
    const tasks = cloudWith(name).v3({ ...services.cvm, endpoint: emulator.url })
    const ids = Array.from({ length: 1000 }, (_, index) => `ins-${index}`)
    const submit: SubmitBatch = some => tasks.submitBatch('StartInstances', { InstanceIds: [...some] })
    const submitted = await submitAll(ids, submit, { chunkSize: 100, maxSubmissionsPerSecond: 1000 })()
    const result = await waitForBatch(acceptedEntries(submitted), tasks.follow('StartInstances'), {
      maxQueriesPerSecond: 1000,
    })()
    if (result._tag !== 'AllFinished') throw new Error(result._tag)
    const failed = result.finished.filter(({ status }) => status._tag === 'Failed')
    expect(result.finished).toHaveLength(1000)
    expect(failed).toMatchObject([{ resourceIds: ['ins-7'] }])
    expect(emulator.requests).toHaveLength(10 + 10)
  })

  test('one query finds the states of 100 instances', async () => {
    const emulator = await start({ failures: { 'ins-7': { code: 5100, message: 'no' } } })
    const tasks = cloudWith(name).v3({ ...services.cvm, endpoint: emulator.url })
    const InstanceIds = Array.from({ length: 100 }, (_, index) => `ins-${index}`)
    const outcome = rightOf(await tasks.submitBatch('StartInstances', { InstanceIds })())
    if (outcome._tag !== 'AllAccepted') throw new Error('expected all to be accepted')
    const states = rightOf(await tasks.statuses('DescribeInstances', outcome.accepted)())
    expect(states.map(state => (state === undefined ? 'left out' : rightOf(state)._tag))).toEqual(
      InstanceIds.map(id => (id === 'ins-7' ? 'Failed' : 'Succeeded')),
    )
    expect(emulator.requests).toHaveLength(2)
  })
})

describe.each(['cvm', 'lighthouse'] as const)('a job of %s', key => {
  const service: typeof services.cvm | typeof services.lighthouse = services[key]

  test('gives each instance the fate of its own task, although a request has one RequestId', async () => {
    const busy = new Set(['ins-4'])
    const emulator = await start({
      taskDurationMs: 50,
      rejections: id => (busy.delete(id) ? { code: 5100, message: 'busy' } : undefined),
      failures: { 'ins-7': { code: 5100, message: 'no image' } },
    })
    const tasks = cloudWith('fetch').v3({ ...service, endpoint: emulator.url })
    const submit: SubmitBatch = ids => tasks.submitBatch('StartInstances', { InstanceIds: [...ids] })
    const ids = Array.from({ length: 25 }, (_, index) => `ins-${String(index)}`)
    const query = tasks.follow('StartInstances')
    expect(query).toMatchObject({ maxTasksPerQuery: 100, taskPerResource: true })
    const job = await runJob(ids, submit, query, {
      chunkSize: 10,
      isRetryable: () => true,
      random: () => 0.01,
    })()
    expect(job.resources.map(({ _tag }) => _tag)).toEqual(
      ids.map(id => (id === 'ins-7' ? 'ResourceFailed' : 'ResourceSucceeded')),
    )
    const taskIds = job.resources.map(resource => ('accepted' in resource ? resource.accepted.taskId : ''))
    expect(new Set(taskIds).size).toBe(3)
    expect(emulator.tasks.flatMap(({ resourceIds }) => resourceIds).sort()).toEqual([...ids].sort())
  })
})

describe('a query of many tasks', () => {
  test('of an action that takes one asks for one at a time', async () => {
    const emulator = await start()
    const tasks = cloudWith('fetch').v3({ ...services.clb, endpoint: emulator.url })
    const query = tasks.follow('CreateListener')
    expect(query).toMatchObject({ maxTasksPerQuery: 1, taskPerResource: false })
    const submitted = [1, 2].map(() => tasks.submit('CreateListener', { LoadBalancerId: 'lb-1' })())
    const accepted = (await Promise.all(submitted)).map(rightOf)
    expect(await waitForBatch(accepted, query, { random: () => 0 })()).toMatchObject({
      _tag: 'AllFinished',
      finished: [{ status: { _tag: 'Succeeded' } }, { status: { _tag: 'Succeeded' } }],
    })
  })

  test('is ended by its signal', async () => {
    const emulator = await start({ taskDurationMs: 1000 })
    const tasks = cloudWith('fetch').v3({ ...services.cvm, endpoint: emulator.url })
    const { query } = tasks.follow('StartInstances')
    const controller = new AbortController()
    controller.abort()
    expect(await query([{ taskId: 'r-1', resourceId: 'ins-1' }], controller.signal)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Aborted' } },
    })
    expect(emulator.requests).toEqual([])
  })

  test('of an action that is not known says so', async () => {
    const tasks = cloudWith('fetch').v3<Service>(services.cvm)
    const query = tasks.follow('StartEverything')
    expect(query).toMatchObject({ maxTasksPerQuery: 1, taskPerResource: false })
    expect(await query.query([{ taskId: 'r-1' }])()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Misused' } },
    })
  })

  test('leaves out a task that a later request has replaced', async () => {
    const emulator = await start()
    const tasks = cloudWith('fetch').v3({ ...services.cvm, endpoint: emulator.url })
    const submit = tasks.submitBatch('StartInstances', { InstanceIds: ['ins-1', 'ins-2'] })
    const first = rightOf(await submit())
    rightOf(await tasks.submitBatch('StopInstances', { InstanceIds: ['ins-1'] })())
    if (first._tag !== 'AllAccepted') throw new Error('expected all to be accepted')
    const { query } = tasks.follow('StartInstances')
    expect(rightOf(await query(first.accepted)()).map(({ resourceId }) => String(resourceId))).toEqual([
      'ins-2',
    ])
  })
})

describe('however connections break, a submission starts one task at most, and never says wrongly that it started none', () => {
  const faults: readonly [Fault, ...Fault[]] = [
    { _tag: 'Reset', at: 'beforeResponse' },
    { _tag: 'Reset', at: 'withinHead' },
    { _tag: 'Reset', at: 'withinBody' },
    { _tag: 'Close', at: 'beforeResponse' },
    { _tag: 'Close', at: 'withinBody' },
    { _tag: 'WrongContentLength', differenceBytes: 5 },
    { _tag: 'GatewayPage' },
    { _tag: 'TooManyRequests', retryAfterSeconds: 1 },
    { _tag: 'ServiceUnavailable', retryAfterSeconds: 1 },
  ]
  /** A generator with a fixed seed. */
  const randomFrom = (seed: number) => () => (seed = (seed * 48271) % 2147483647) / 2147483647

  type Submit = (
    cloud: TencentCloud,
    emulator: Emulator,
  ) => () => Promise<E.Either<SubmissionError, { readonly taskId: string }>>
  const submissions: Readonly<Record<string, Submit>> = {
    'API 2.0': (cloud, { endpoint }) => cloud.v2(endpoint).submit('CreateImage', { instanceId: 'ins-1' }),
    'API 3.0 with a ClientToken': (cloud, { url }) =>
      cloud.v3({ ...services.alb, endpoint: url }).submit(tokenAction, {}),
    'API 3.0 without one': (cloud, { url }) =>
      cloud.v3({ ...services.clb, endpoint: url }).submit('CreateListener', {}),
  }
  const [tokenAction] = Object.entries<Service['submits'][string]>(services.alb.submits).find(
    ([, { takesClientToken }]) => takesClientToken === true,
  ) as [keyof typeof services.alb.submits, unknown]

  test.each(
    Object.keys(submissions).flatMap(api => Object.keys(transports).map(name => [api, name] as const)),
  )('%s, with %s', async (api, name) => {
    const emulator = await start({ chaos: { rate: 0.6, random: randomFrom(7), faults } })
    const seen = { accepted: 0, inDoubt: 0, resent: 0 }
    // Over both transports more than 1,000 faults, where submissions are sent again.
    for (let index = 0; index < (api === 'API 3.0 without one' ? 200 : 500); index++) {
      const cloud = cloudWith(name, {
        resend: { maxResends: 3 },
        clock: fastClock(Date.now()),
      })
      const before = { tasks: emulator.tasks.length, requests: emulator.requests.length }
      const result = await submissions[api]!(cloud, emulator)()
      const started = emulator.tasks.slice(before.tasks).map(({ id }) => id)
      expect(started.length).toBeLessThanOrEqual(1)
      if (E.isRight(result)) expect(started).toEqual([result.right.taskId])
      else if (result.left._tag === 'NotSent' || result.left._tag === 'Rejected') expect(started).toEqual([])
      seen.accepted += E.isRight(result) ? 1 : 0
      seen.inDoubt += E.isLeft(result) && started.length === 1 ? 1 : 0
      seen.resent += emulator.requests.length > before.requests + 1 ? 1 : 0
    }
    expect(seen.accepted).toBeGreaterThan(50)
    if (api !== 'API 3.0 with a ClientToken') expect(seen.inDoubt).toBeGreaterThan(0)
    expect(seen.resent > 0).toBe(api !== 'API 3.0 without one')
  })

  test.each(Object.keys(submissions))('%s, with time-outs', async api => {
    const chaos = {
      rate: 1,
      random: randomFrom(7),
      faults: [{ _tag: 'Stall', at: 'beforeResponse' }],
    } as const
    const emulator = await start({ chaos })
    const cloud = cloudWith('fetch', {
      transport: fetchTransport(undefined, { timeoutMs: 200 }),
      resend: { maxResends: 2 },
      clock: fastClock(Date.now()),
    })
    expect(await submissions[api]!(cloud, emulator)()).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
    expect(emulator.tasks.length).toBeLessThanOrEqual(1)
  })
})
