import type { HttpResponse, Transport } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { fastClock } from '../../test/FastClock.js'
import { documented } from '../../test/requests.js'
import { clb } from '../../test/services.js'
import { v2Queries } from '../actions/v2Queries.js'
import type { Clock } from './Clock.js'
import { type TencentCloudOptions, createTencentCloud } from './createTencentCloud.js'
import type { CallSummary, OnOutcome } from './onOutcome.js'

const endpoint = 'https://lb.api.qcloud.com/v2/index.php'

const setUp = (transport: Transport, more: Partial<TencentCloudOptions> = {}) => {
  const told: Array<readonly [result: unknown, call: CallSummary]> = []
  const cloud = createTencentCloud({
    transport,
    credentials: documented,
    clock: fastClock(),
    onOutcome: (...one) => void told.push(one),
    ...more,
  })
  return { cloud, told }
}

const getting =
  (body: string, more: Partial<HttpResponse> = {}): Transport =>
  () =>
    TE.right({ status: 200, body, ...more })

const accepted = '{"code":0,"message":"","requestId":17}'
const batch = '{"code":0,"message":"","detail":{"ins-1":{"code":0,"message":"","requestId":17}}}'
const state = '{"code":0,"message":"","data":{"status":0}}'

describe('the hook is called once for each run, with the result and what is known of its call', () => {
  test('of a submission of API 2.0', async () => {
    const { cloud, told } = setUp(getting(accepted))
    const submission = cloud.v2(endpoint).submit('DeleteLoadBalancers', {})
    expect(told).toEqual([])
    const result = await submission()
    const call = { operation: 'submission', action: 'DeleteLoadBalancers', sends: 1, durationMs: 0 }
    expect(told).toEqual([[result, call]])
  })

  test('of a batch, and of a query, of API 2.0', async () => {
    const { cloud, told } = setUp(getting(batch))
    const result = await cloud.v2(endpoint).submitBatch('StartInstances', {})()
    expect(told).toMatchObject([[result, { operation: 'batchSubmission', action: 'StartInstances' }]])
    const query = setUp(getting(state))
    const tasks = query.cloud.v2(endpoint, { queries: v2Queries.lb })
    const status = await tasks.follow('DescribeLoadBalancersTaskResult')('17')()
    expect(E.isRight(status)).toBe(true)
    expect(query.told).toMatchObject([
      [status, { operation: 'query', action: 'DescribeLoadBalancersTaskResult' }],
    ])
  })

  test('of calls of API 3.0, with the service', async () => {
    const { cloud, told } = setUp(getting('{"Response":{"RequestId":"r-1","Status":0}}'))
    const tasks = cloud.v3(clb)
    const one = await tasks.submit('DeleteLoadBalancer', {})()
    const many = await tasks.submitBatch(
      'DeleteLoadBalancer',
      { LoadBalancerIds: ['lb-1'] },
      { resources: 'LoadBalancerIds' },
    )()
    const status = await tasks.status('DescribeTaskStatus', 'r-1')()
    const statuses = await tasks.statuses('DescribeTaskStatus', [{ taskId: 'r-1' }])()
    await tasks.follow('DeleteLoadBalancer').query([{ taskId: 'r-1' }])()
    expect([one, many, status, statuses].map(({ _tag }) => _tag)).toEqual([
      'Right',
      'Right',
      'Right',
      'Right',
    ])
    expect(told.map(([result]) => result)).toEqual([one, many, status, statuses, statuses])
    expect(
      told.map(([, { operation, service, action }]) => `${operation} ${service ?? ''}.${action}`),
    ).toEqual([
      'submission clb.DeleteLoadBalancer',
      'batchSubmission clb.DeleteLoadBalancer',
      'query clb.DescribeTaskStatus',
      'query clb.DescribeTaskStatus',
      'query clb.DescribeTaskStatus',
    ])
  })

  test('of calls that send nothing', async () => {
    const { cloud, told } = setUp(getting(accepted))
    const results = [
      await cloud.v3(clb).submit('NoAction' as never, {})(),
      await cloud.v2(endpoint).submit('X', { a: {} })(),
    ]
    expect(told.map(([result]) => result)).toEqual(results)
    expect(told.map(([, { sends }]) => sends)).toEqual([0, 0])
    const noService = setUp(getting(accepted))
    await noService.cloud.v3({ ...clb, service: 3 as never }).submit('DeleteLoadBalancer', {})()
    expect(noService.told).toMatchObject([[{ left: { _tag: 'NotSent' } }, { action: 'DeleteLoadBalancer' }]])
    expect(noService.told[0]?.[1]).not.toHaveProperty('service')
    const refused = setUp(() =>
      TE.left({
        _tag: 'NotSent',
        reason: { _tag: 'Aborted', name: 'AbortError', message: '' },
        recovered: [],
      }),
    )
    await refused.cloud.v2(endpoint).submit('X', {})()
    expect(refused.told).toMatchObject([[{ _tag: 'Left' }, { sends: 0 }]])
  })

  test('of a submission that is sent again, with every send and the whole time', async () => {
    const lost = {
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'TimedOut', timeoutMs: 1 },
      recovered: [],
    } as const
    const ends = [
      E.left(lost),
      E.right({ status: 200, body: accepted, otherSends: [{ _tag: 'Unanswered', recovered: [] }] }),
    ]
    const transport: Transport = () => async () => ends.shift() as E.Either<typeof lost, HttpResponse>
    const { cloud, told } = setUp(transport, { resend: { maxResends: 1, delayMs: 500 } })
    const result = await cloud.v2(endpoint).submit('X', {})()
    expect(told).toMatchObject([[result, { operation: 'submission', sends: 3, durationMs: 500 }]])
  })
})

describe('the secrets of the request are masked', () => {
  const request = { method: 'POST', origin: 'https://host', path: '/' }
  const describeError: HttpResponse['describeError'] = error =>
    JSON.parse(JSON.stringify({ ...error, request }).replaceAll('s3cret', '***')) as typeof error

  test('in an outcome, which the caller gets as it is', async () => {
    const { cloud, told } = setUp(
      getting('{"code":0,"message":"for s3cret","requestId":17}', { describeError }),
    )
    const result = await cloud.v2(endpoint).submit('X', {})()
    expect(result).toMatchObject({ right: { message: 'for s3cret' } })
    expect(result).not.toHaveProperty('right.request')
    expect(told).toMatchObject([[{ right: { taskId: '17', message: 'for ***' } }, { request, sends: 1 }]])
    expect(told[0]?.[0]).not.toHaveProperty('right.request')
  })

  test('in the states of many tasks', async () => {
    const body = '{"Response":{"RequestId":"r-1","Status":1,"Message":"s3cret"}}'
    const { cloud, told } = setUp(getting(body, { describeError }))
    await cloud.v3(clb).statuses('DescribeTaskStatus', [{ taskId: 'r-1' }])()
    expect(JSON.stringify(told)).not.toContain('s3cret')
    expect(told).toMatchObject([[{ right: [{ _tag: 'Right' }] }, { request }]])
    expect(told[0]?.[0]).not.toHaveProperty('right.0.right.request')
  })

  test('in an error, which has its request', async () => {
    const { cloud, told } = setUp(getting('{"code":4000,"message":"s3cret"}', { describeError }))
    const result = await cloud.v2(endpoint).submit('X', {})()
    expect(told).toMatchObject([[result, { request }]])
    expect(JSON.stringify(told)).not.toContain('s3cret')
  })
})

describe('nothing that the hook does changes the result', () => {
  test.each<[string, OnOutcome]>([
    [
      'it throws',
      () => {
        throw new Error('of the hook')
      },
    ],
    ['its promise rejects', () => Promise.reject(new Error('of the hook'))],
    ['its promise never settles', () => new Promise(() => undefined)],
  ])('if %s', async (_, onOutcome) => {
    const { cloud } = setUp(getting(accepted), { onOutcome })
    expect(await cloud.v2(endpoint).submit('X', {})()).toMatchObject({ right: { taskId: '17' } })
  })

  test('no duration is told if the clock has none', async () => {
    const now = () => {
      throw new Error('of the clock')
    }
    const clock: Clock = { ...fastClock(), now }
    const { cloud, told } = setUp(getting(accepted), { clock })
    expect(await cloud.v2(endpoint).submit('X', {})()).toMatchObject({ left: { _tag: 'NotSent' } })
    expect(told).toMatchObject([[{ _tag: 'Left' }, { sends: 0 }]])
    expect(told[0]?.[1]).not.toHaveProperty('durationMs')
  })
})
