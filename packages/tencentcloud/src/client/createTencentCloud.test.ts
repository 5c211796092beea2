import { inspect } from 'node:util'
import { axiosTransport } from '@task-outcome/axios'
import {
  type HttpRequest,
  type HttpResponse,
  TaskError,
  type Transport,
  showTaskError,
} from '@task-outcome/core'
import { type Fault, startEmulator } from '@task-outcome/emulator'
import { fetchTransport } from '@task-outcome/fetch'
import { waitForTask } from '@task-outcome/wait'
import axios from 'axios'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { RegisterTargetsRequest } from 'tencentcloud-sdk-nodejs/tencentcloud/services/clb/v20180317/clb_models.js'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { type EchoServer, startEchoServer } from '../../test/echoServer.js'
import { fastClock } from '../../test/FastClock.js'
import { documented, parametersOf } from '../../test/requests.js'
import { clb, cvm } from '../../test/services.js'
import type { Service, V2QueryAction } from '../actions/Service.js'
import { v2Queries } from '../actions/v2Queries.js'
import type { V3Parameters } from '../request/V3Parameters.js'
import type { CallOptions } from './CallOptions.js'
import { systemClock } from './Clock.js'
import { type TencentCloudOptions, createTencentCloud } from './createTencentCloud.js'

const endpoint = 'https://lb.api.qcloud.com/v2/index.php'

/** A client whose transport gives that body, and the requests that it has sent. */
const cloudThatGets = (body: string, more: Partial<TencentCloudOptions> = {}) => {
  const sent: HttpRequest[] = []
  const transport: Transport = request => {
    sent.push(request)
    return TE.right<never, HttpResponse>({ status: 200, body })
  }
  const cloud = createTencentCloud({ transport, credentials: documented, clock: fastClock(), ...more })
  return { cloud, sent }
}

const jsonOf = ({ body }: HttpRequest): unknown => JSON.parse(body as string)

const misused = (message: string) =>
  E.left(
    expect.objectContaining({
      _tag: 'NotSent',
      reason: { _tag: 'Misused', message: expect.stringContaining(message) as string },
    }),
  )

describe('API 2.0', () => {
  test('submits an ordinary task', async () => {
    const { cloud, sent } = cloudThatGets('{"code":0,"requestId":9007199254740993123}', { region: 'gz' })
    const submit = cloud.v2(endpoint).submit('DeleteLoadBalancers', { loadBalancerIds: ['lb-1'] })
    expect(sent).toEqual([])
    expect(await submit()).toMatchObject({ right: { taskId: '9007199254740993123' } })
    expect(sent).toMatchObject([{ method: 'POST', url: endpoint }])
    expect(parametersOf(sent[0]!)).toMatchObject({
      Action: 'DeleteLoadBalancers',
      Region: 'gz',
      SignatureMethod: 'HmacSHA256',
      Timestamp: '1551113065',
      'loadBalancerIds.0': 'lb-1',
    })
  })

  test('submits a task whose id is elsewhere, with a codec for the extra fields', async () => {
    const { cloud } = cloudThatGets('{"code":0,"data":{"flowId":17},"dealIds":["d"]}')
    const extra = t.type({ dealIds: t.array(t.string) })
    const result = await cloud.v2(endpoint).submit('X', {}, { taskIdAt: 'data.flowId', extra })()
    expect(result).toMatchObject({ right: { taskId: '17', extra: { dealIds: ['d'] } } })
  })

  test('submits a batch, and compares the resources', async () => {
    const { cloud } = cloudThatGets('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}')
    const tasks = cloud.v2(endpoint)
    expect(await tasks.submitBatch('StartInstances', {})()).toMatchObject({
      right: { _tag: 'AllAccepted' },
    })
    const expected = ['ins-1', 'ins-2']
    expect(await tasks.submitBatch('StartInstances', {}, { expected })()).toMatchObject({
      left: { _tag: 'ContractViolation' },
    })
  })

  test('signs each run anew, with another nonce and the current time', async () => {
    const clock = fastClock()
    const { cloud, sent } = cloudThatGets('{"code":0,"requestId":1}', { clock })
    const submit = cloud.v2(endpoint).submit('X', {})
    await submit()
    clock.set(1_551_113_066_999)
    await submit()
    const [first, second] = sent.map(parametersOf)
    expect(second!.Nonce).not.toBe(first!.Nonce)
    expect([first!.Timestamp, second!.Timestamp]).toEqual(['1551113065', '1551113066'])
  })

  test.each([
    [[0xff, 0xff, 0xff, 0xff], '2147483647'],
    [[0, 0, 0, 0], '1'],
    [[0x01, 0x02, 0x03, 0x04], '16909060'],
  ])('makes a nonce of the random bytes %o', async (bytes, nonce) => {
    const { cloud, sent } = cloudThatGets('{}', { random: () => new Uint8Array(bytes) })
    await cloud.v2(endpoint).submit('X', {})()
    expect(parametersOf(sent[0]!).Nonce).toBe(nonce)
  })

  test.each([[[]], [[1, 2, 3]], ['1234'], [undefined]])(
    'refuses a source of random bytes that returns too few, or something else: %o',
    async given => {
      const bytes = Array.isArray(given) ? new Uint8Array(given) : given
      const { cloud, sent } = cloudThatGets('{}', { random: () => bytes as never })
      const message = '/random: expected a function that returns'
      expect(await cloud.v2(endpoint).submit('X', {})()).toMatchObject(misused(`${message} 4 bytes`))
      expect(await cloud.v3(clb).submit('CreateLoadBalancer', {})()).toMatchObject(
        misused(`${message} 16 bytes`),
      )
      expect(sent).toEqual([])
    },
  )

  test('makes a request as the options say', async () => {
    const { cloud, sent } = cloudThatGets('{}', { region: 'gz' })
    const signatureMethod = 'HmacSHA1'
    const tasks = cloud.v2(endpoint, { method: 'GET', signatureMethod, region: 'bj' })
    const { signal } = new AbortController()
    await tasks.submit('X', { a: '@b' }, { signal })()
    await tasks.submit('X', {}, { region: 'sh' })()
    expect(sent).toMatchObject([{ method: 'GET', signal }, { method: 'GET' }])
    expect(sent.map(request => parametersOf(request).Region)).toEqual(['bj', 'sh'])
    expect(parametersOf(sent[0]!)).not.toHaveProperty('SignatureMethod')
  })

  test('queries the state of a task with an action of the module', async () => {
    for (const queries of Object.values<Readonly<Record<string, V2QueryAction>>>(v2Queries))
      for (const [action, { parameter, state, inProgress }] of Object.entries(queries)) {
        const { cloud, sent } = cloudThatGets(`{"code":0,"data":{"${state[1]}":${inProgress[0]}}}`)
        const { signal } = new AbortController()
        expect(
          await cloud.v2(endpoint, { queries }).follow(action)('9007199254740993123', signal)(),
        ).toMatchObject({ right: { _tag: 'InProgress' } })
        expect(sent).toMatchObject([{ signal }])
        expect(parametersOf(sent[0]!)).toMatchObject({ Action: action, [parameter]: '9007199254740993123' })
      }
    const { cloud } = cloudThatGets('{"code":0,"data":{"status":0}}')
    const { ckafka } = v2Queries
    expect(await cloud.v2(endpoint, { queries: ckafka }).follow('CheckTaskStatus')('17')()).toMatchObject({
      right: { _tag: 'Succeeded' },
    })
  })

  test('reads the same value as the module means it', async () => {
    const { cloud } = cloudThatGets('{"code":0,"data":{"status":1}}')
    const inModule = async (action: 'GetFlowStatus' | 'DescriptionOperationResult') =>
      cloud.v2(endpoint, { queries: { ...v2Queries.sqlserver, ...v2Queries.bm } }).status(action, '17')()
    expect(await inModule('GetFlowStatus')).toMatchObject({ right: { _tag: 'Failed' } })
    expect(await inModule('DescriptionOperationResult')).toMatchObject({ right: { _tag: 'Succeeded' } })
  })

  test('queries the state of a task with an action of the caller', async () => {
    const { cloud, sent } = cloudThatGets('{"code":0,"state":"done"}')
    const tasks = cloud.v2(endpoint, {
      queries: {
        AskFlow: {
          parameter: 'id',
          parameterType: 'string',
          state: ['state'],
          succeeded: ['done'],
          failed: [],
          inProgress: [],
        },
      },
    })
    expect(await tasks.status('AskFlow', 'f-1', { region: 'gz' })()).toMatchObject({
      right: { _tag: 'Succeeded' },
    })
    expect(parametersOf(sent[0]!)).toMatchObject({ Action: 'AskFlow', id: 'f-1', Region: 'gz' })
    // @ts-expect-error -- an action that is not described
    expect(await tasks.status('AskFlows', 'f-1')()).toMatchObject(misused('/action: '))
    // @ts-expect-error -- a name that every object has
    expect(await tasks.status('constructor', 'f-1')()).toMatchObject(misused('/action: '))
    // @ts-expect-error -- no action is described
    expect(await cloud.v2(endpoint).status('AskFlow', 'f-1')()).toMatchObject(misused('/action: '))
    expect(sent).toHaveLength(1)
  })

  test('refuses to query with an id that the action can’t take', async () => {
    const { cloud, sent } = cloudThatGets('{}')
    for (const taskId of ['f-1', '', '007', '-1', '1e3', 17 as never])
      expect(
        await cloud.v2(endpoint, { queries: v2Queries.vpc }).status('DescribeVpcTaskResult', taskId)(),
      ).toMatchObject(misused('/taskId: expected digits'))
    expect(sent).toEqual([])
  })
})

describe('API 3.0', () => {
  test('submits a task', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"TaskId":9007199254740993123,"RequestId":"r"}}', {
      region: 'ap-guangzhou',
      language: 'en-US',
    })
    const submit = cloud.v3(clb).submit('CreateListener', { LoadBalancerId: 'lb-1' })
    expect(sent).toEqual([])
    expect(await submit()).toMatchObject({ right: { taskId: '9007199254740993123' } })
    expect(sent).toMatchObject([
      {
        method: 'POST',
        url: 'https://clb.tencentcloudapi.com/',
        headers: {
          'X-TC-Action': 'CreateListener',
          'X-TC-Version': '2018-03-17',
          'X-TC-Region': 'ap-guangzhou',
          'X-TC-Language': 'en-US',
          'X-TC-Timestamp': '1551113065',
        },
        body: '{"LoadBalancerId":"lb-1"}',
      },
    ])
  })

  test('calls the endpoint of a private cloud, and signs the service', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"RequestId":"r"}}', { region: 'a' })
    const tasks = cloud.v3({ ...clb, endpoint: 'https://api3.example/', region: 'b' })
    expect(await tasks.submit('DeleteLoadBalancer', {})()).toMatchObject({ right: { taskId: 'r' } })
    await tasks.submit('DeleteLoadBalancer', {}, { region: 'c' })()
    expect(sent.map(({ url }) => url)).toEqual(['https://api3.example/', 'https://api3.example/'])
    expect(sent.map(({ headers }) => headers!['X-TC-Region'])).toEqual(['b', 'c'])
    expect(sent[0]!.headers!.Authorization).toContain('/clb/tc3_request')
  })

  test('submits a batch, with a task for each resource', async () => {
    const { cloud } = cloudThatGets('{"Response":{"RequestId":"r"}}')
    const result = await cloud.v3(cvm).submitBatch('StartInstances', { InstanceIds: ['ins-1', 'ins-2'] })()
    expect(result).toMatchObject({
      right: {
        _tag: 'AllAccepted',
        accepted: [
          { taskId: 'r', resourceId: 'ins-1' },
          { taskId: 'r', resourceId: 'ins-2' },
        ],
      },
    })
  })

  test('submits a batch of resources in a parameter that the caller names', async () => {
    const { cloud } = cloudThatGets('{"Response":{"RequestId":"r"}}')
    const tasks = cloud.v3(clb)
    const parameters = { LoadBalancerIds: ['lb-1'] }
    expect(
      await tasks.submitBatch('DeleteLoadBalancer', parameters, { resources: 'LoadBalancerIds' })(),
    ).toMatchObject({ right: { accepted: [{ taskId: 'r', resourceId: 'lb-1' }] } })
    expect(await tasks.submitBatch('DeleteLoadBalancer', parameters)()).toMatchObject(misused('/resources: '))
  })

  test.each([{}, { InstanceIds: [] }, { InstanceIds: [1] }, { InstanceIds: 1 }])(
    'refuses a batch without resources: %o',
    async parameters => {
      const { cloud, sent } = cloudThatGets('{}')
      expect(await cloud.v3(cvm).submitBatch('StartInstances', parameters)()).toMatchObject(
        misused('/parameters/InstanceIds: '),
      )
      expect(sent).toEqual([])
    },
  )

  test('follows a task with the query of its action', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"Status":0,"RequestId":"r"}}')
    const { signal } = new AbortController()
    const follow = cloud.v3(clb).follow('CreateListener')
    expect(follow).toMatchObject({ maxTasksPerQuery: 1, taskPerResource: false })
    expect(await follow.query([{ taskId: 't-1' }], signal)()).toMatchObject({
      right: [{ taskId: 't-1', status: { right: { _tag: 'Succeeded' } } }],
    })
    expect(sent).toMatchObject([{ headers: { 'X-TC-Action': 'DescribeTaskStatus' }, signal }])
    expect(jsonOf(sent[0]!)).toEqual({ TaskId: 't-1' })
  })

  test('gives waitForTask a query', async () => {
    const { cloud } = cloudThatGets('{"Response":{"Status":1,"RequestId":"r"}}')
    const submitted = { taskId: 't-1' as never }
    expect(await waitForTask(submitted, cloud.v3(clb).follow('CreateListener'))()).toMatchObject({
      status: { _tag: 'Failed' },
    })
  })

  test('follows the tasks of resources, and leaves out what the response leaves out', async () => {
    const { cloud, sent } = cloudThatGets(
      '{"Response":{"InstanceSet":[{"InstanceId":"ins-1","LatestOperationRequestId":"r-1","LatestOperationState":"FAILED"}]}}',
    )
    const follow = cloud.v3(cvm).follow('StartInstances')
    expect(follow).toMatchObject({ maxTasksPerQuery: 100, taskPerResource: true })
    const tasks = ['ins-2', 'ins-1'].map(resourceId => ({ taskId: 'r-1', resourceId }))
    expect(await follow.query(tasks)()).toMatchObject({
      right: [{ taskId: 'r-1', resourceId: 'ins-1', status: { right: { _tag: 'Failed' } } }],
    })
    expect(jsonOf(sent[0]!)).toMatchObject({ InstanceIds: ['ins-2', 'ins-1'] })
    expect(await follow.query([{ taskId: 'r-1' }])()).toMatchObject(
      misused('/tasks/0: expected a task with the id of its resource'),
    )
    expect(sent).toHaveLength(1)
  })

  test('queries many tasks with one request', async () => {
    const { cloud, sent } = cloudThatGets(
      '{"Response":{"Flows":[{"FlowId":9007199254740993124,"Status":0}],"RequestId":"r"}}',
    )
    const tasks = [{ taskId: '9007199254740993123' }, { taskId: '9007199254740993124' }]
    const result = await cloud.v3(clb).statuses('DescribeFlows', tasks)()
    expect(result).toMatchObject({ right: [undefined, { right: { _tag: 'Succeeded' } }] })
    expect(sent[0]!.body).toBe('{"Limit":2,"FlowIds":[9007199254740993123,9007199254740993124]}')
  })

  test('submits a batch of one resource, in a parameter with one id', async () => {
    const { cloud } = cloudThatGets('{"Response":{"RequestId":"r"}}')
    expect(await cloud.v3(cvm).submitBatch('ResetInstance', { InstanceId: 'ins-1' })()).toMatchObject({
      right: { accepted: [{ taskId: 'r', resourceId: 'ins-1' }] },
    })
  })

  test('sends the parameters that a query requires, fixes and nests', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"Status":2,"RequestId":"r"}}')
    const tasks = cloud.v3(clb)
    const parameters = { InstanceId: 'emr-1', FlowParam: { Other: 1 } }
    const task = { taskId: '17' }
    expect(await tasks.follow('CreateCluster', { parameters }).query([task])()).toMatchObject({
      right: [{ status: { right: { _tag: 'InProgress' } } }],
    })
    expect(await tasks.status('DescribeStep', '17', { parameters: { InstanceId: 'emr-1' } })()).toMatchObject(
      {
        right: { _tag: 'InProgress' },
      },
    )
    expect(sent.map(jsonOf)).toEqual([
      { InstanceId: 'emr-1', FlowParam: { Other: 1, FKey: 'FlowId', FValue: 17 }, Limit: 1 },
      { InstanceId: 'emr-1', FlowParam: { FKey: 'FlowId', FValue: 17 }, Limit: 1 },
    ])
    expect(await tasks.follow('CreateCluster').query([task])()).toMatchObject(
      misused('/options/parameters/InstanceId: expected a value'),
    )
  })

  test.each([[[]], [[{ taskId: '1' }, { taskId: '2' }, { taskId: '3' }]]])(
    'refuses a query for more tasks than the action takes, and for none: %o',
    async tasks => {
      const { cloud } = cloudThatGets('{}')
      expect(await cloud.v3(clb).statuses('DescribeFlows', tasks)()).toMatchObject(
        misused('/tasks: expected 1 to 2 tasks'),
      )
    },
  )

  test('sends an id as a number with all its digits, and only digits', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"Status":2,"RequestId":"r"}}')
    const tasks = cloud.v3(clb)
    expect(await tasks.status('DescribeFlow', '9007199254740993123')()).toMatchObject({
      right: { _tag: 'InProgress' },
    })
    expect(sent[0]!.body).toBe('{"FlowId":9007199254740993123}')
    for (const taskId of ['f-1', '007', '-1', '1.0'])
      expect(await tasks.status('DescribeFlow', taskId)()).toMatchObject(misused('/tasks/0: expected digits'))
    expect(await tasks.status('DescribeFlow', '')()).toMatchObject(misused('/tasks/0: expected a task id'))
  })

  test('takes the request types of tencentcloud-sdk-nodejs, and refuses by type what it refuses', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"RequestId":"r"}}')
    const tasks = cloud.v3(clb)
    const request: RegisterTargetsRequest = {
      LoadBalancerId: 'lb-1',
      ListenerId: 'lbl-1',
      Targets: [{ InstanceId: 'ins-1', Port: 80 }],
    }
    expect(E.isRight(await tasks.submit('DeleteLoadBalancer', request)())).toBe(true)
    expect(jsonOf(sent[0]!)).toEqual(request)
    const given: V3Parameters = { a: 1n, b: [{ c: null }] }
    expect(E.isRight(await tasks.submit('DeleteLoadBalancer', given)())).toBe(true)
    // @ts-expect-error -- undefined is refused
    expect(await tasks.submit('DeleteLoadBalancer', { a: undefined })()).toMatchObject(misused('/a'))
    // @ts-expect-error -- a date is refused
    expect(await tasks.submit('DeleteLoadBalancer', { a: [new Date(0)] })()).toMatchObject(misused('/a/0'))
    // @ts-expect-error -- a function is refused
    expect(await tasks.submit('DeleteLoadBalancer', { a: { b: () => 1 } })()).toMatchObject(misused('/a/b'))
    // @ts-expect-error -- a map is refused
    expect(await tasks.submit('DeleteLoadBalancer', new Map())()).toMatchObject(misused('/parameters'))
    expect(await tasks.submit('DeleteLoadBalancer', ['a'])()).toMatchObject(misused('/parameters'))
    for (const missing of [undefined, null] as unknown as ReadonlyArray<object>) {
      expect(await tasks.submit('DeleteLoadBalancer', missing)()).toMatchObject(misused('/parameters'))
      expect(await cloud.v3(cvm).submitBatch('StartInstances', missing)()).toMatchObject(
        misused('/parameters'),
      )
    }
    expect(sent).toHaveLength(2)
  })

  test('takes the names of actions from the description', async () => {
    const { cloud, sent } = cloudThatGets('{}')
    const tasks = cloud.v3(clb)
    // @ts-expect-error -- an action of another service
    expect(await tasks.submit('StartInstances', {})()).toMatchObject(misused('/action: '))
    // @ts-expect-error -- an action that starts no task
    expect(await tasks.submitBatch('DescribeTaskStatus', {})()).toMatchObject(misused('/action: '))
    // @ts-expect-error -- an action that tells no state
    expect(await tasks.status('CreateListener', '17')()).toMatchObject(misused('/action: '))
    // @ts-expect-error -- an action that starts no task
    expect(await tasks.follow('DescribeTaskStatus').query([{ taskId: '17' }])()).toMatchObject({ left: {} })
    // @ts-expect-error -- a name that every object has
    expect(await tasks.follow('constructor').query([{ taskId: '17' }])()).toMatchObject(misused('/action: '))
    // @ts-expect-error -- no name
    expect(await tasks.submit(7, {})()).toMatchObject(
      misused('/action: expected an action that is described, found number'),
    )
    const anyService: Service = clb
    expect(await cloud.v3(anyService).submit('Unknown', {})()).toMatchObject(misused('/action: '))
    expect(sent.length).toBeLessThanOrEqual(1)
  })
})

describe('credentials', () => {
  test('are asked for at each request', async () => {
    let calls = 0
    const { cloud, sent } = cloudThatGets('{}', {
      credentials: async () => ({ ...documented, token: `token-${++calls}` }),
    })
    await cloud.v2(endpoint).submit('X', {})()
    await cloud.v3(clb).submit('CreateListener', {})()
    expect(parametersOf(sent[0]!).Token).toBe('token-1')
    expect(sent[1]!.headers!['X-TC-Token']).toBe('token-2')
  })

  test.each<[string, unknown, string]>([
    [
      'a function that throws',
      () => {
        throw new TypeError('no')
      },
      'ClientFailed',
    ],
    ['a function that rejects', () => Promise.reject(new TypeError('no')), 'ClientFailed'],
    ['a function that returns nothing', () => undefined, 'Misused'],
    ['nothing', undefined, 'Misused'],
    ['an empty secret key', { secretId: 'a', secretKey: '' }, 'Misused'],
  ])('that can’t be read end in NotSent: %s', async (_, credentials, tag) => {
    const { cloud, sent } = cloudThatGets('{}', { credentials: credentials as never })
    const notSent = { _tag: 'NotSent', reason: { _tag: tag }, recovered: [] }
    expect(await cloud.v2(endpoint).submit('X', {})()).toMatchObject({ left: notSent })
    expect(await cloud.v3(clb).status('DescribeFlow', '1')()).toMatchObject({
      left: { ...notSent, operation: 'query' },
    })
    expect(sent).toEqual([])
  })
})

describe('credentials that do not arrive', () => {
  const never = () => new Promise<never>(() => undefined)

  const results = (
    given: Partial<TencentCloudOptions>,
    options: CallOptions = {},
  ): Promise<ReadonlyArray<E.Either<TaskError, unknown>>> => {
    const { cloud } = cloudThatGets('{}', { credentials: never, ...given })
    return Promise.all([
      cloud.v2(endpoint).submit('X', {}, options)(),
      cloud.v2(endpoint, { queries: v2Queries.ckafka }).status('CheckTaskStatus', '1', options)(),
      cloud.v3(clb).submit('CreateListener', {}, options)(),
      cloud.v3(clb).status('DescribeFlow', '1', options)(),
    ])
  }

  test('end in NotSent after 10 seconds by default', async () => {
    const clock = fastClock()
    for (const result of await results({ clock }))
      expect(result).toMatchObject({
        left: { _tag: 'NotSent', reason: { _tag: 'TimedOut', timeoutMs: 10_000 }, recovered: [] },
      })
    expect(clock.delays).toEqual([10_000, 10_000, 10_000, 10_000])
  })

  test('end in NotSent after the timeout of the client', async () => {
    for (const result of await results({ credentialsTimeoutMs: 5, clock: systemClock }))
      expect(result).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'TimedOut', timeoutMs: 5 } } })
  })

  test('end in NotSent when the signal is aborted, with or without a timeout', async () => {
    for (const credentialsTimeoutMs of [60_000, Infinity]) {
      const controller = new AbortController()
      const running = results({ credentialsTimeoutMs, clock: systemClock }, { signal: controller.signal })
      setImmediate(() => controller.abort())
      for (const result of await running)
        expect(result).toMatchObject({
          left: { _tag: 'NotSent', reason: { _tag: 'Aborted', name: 'AbortError' }, recovered: [] },
        })
    }
  })

  test('are not asked for if the signal is aborted already', async () => {
    let calls = 0
    const credentials = () => {
      calls++
      return documented
    }
    for (const result of await results({ credentials }, { signal: AbortSignal.abort() }))
      expect(result).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'Aborted' } } })
    expect(calls).toBe(0)
  })

  test('do nothing when they arrive or fail later', async () => {
    const late: Array<() => void> = []
    const credentials = () =>
      new Promise<never>((_, reject) => late.push(() => reject(new Error('too late'))))
    const all = await results({ credentials })
    for (const fail of late) fail()
    expect(late).toHaveLength(4)
    expect(all.every(E.isLeft)).toBe(true)
  })

  test.each([
    ['aborts with a reason that throws', true],
    ['can’t be listened to', false],
  ])('end in NotSent if the signal %s', async (_, isFollowed) => {
    const broken = {
      aborted: false,
      get reason() {
        throw new TypeError('no')
      },
      addEventListener: (_type: 'abort', listener: () => void) => {
        if (!isFollowed) throw new TypeError('no')
        setImmediate(listener)
      },
      removeEventListener: () => {
        throw new TypeError('no')
      },
    }
    for (const result of await results({ clock: systemClock }, { signal: broken }))
      expect(result).toMatchObject({
        left: { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'TypeError' } },
      })
  })

  test.each([0, -1, NaN, '1000', null])('have a timeout that is greater than 0: %o', async given => {
    for (const result of await results({ credentials: documented, credentialsTimeoutMs: given as never }))
      expect(result).toMatchObject(misused('/credentialsTimeoutMs: expected a number greater than 0'))
  })
})

describe('a run sends what its call was when it began', () => {
  /** Credentials that arrive after the caller has gone on. */
  const later = async () => {
    await new Promise(resolve => setImmediate(resolve))
    return documented
  }

  test('although the parameters change before it is signed', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"RequestId":"r"}}', {
      credentials: later,
      clock: systemClock,
    })
    const parameters = { InstanceIds: ['ins-1'] }
    const batch = cloud.v3(cvm).submitBatch('StartInstances', parameters)
    const first = batch()
    parameters.InstanceIds.push('ins-2')
    const second = batch()
    parameters.InstanceIds = ['ins-3']
    expect(await Promise.all([first, second])).toMatchObject([
      { right: { accepted: [{ resourceId: 'ins-1' }] } },
      { right: { accepted: [{ resourceId: 'ins-1' }, { resourceId: 'ins-2' }] } },
    ])
    expect(sent.map(jsonOf)).toEqual([{ InstanceIds: ['ins-1'] }, { InstanceIds: ['ins-1', 'ins-2'] }])
  })

  test('although the parameters of API 2.0 change before it is signed', async () => {
    const { cloud, sent } = cloudThatGets('{"code":0,"requestId":1}', {
      credentials: later,
      clock: systemClock,
    })
    const parameters = { ids: ['a'] }
    const run = cloud.v2(endpoint).submit('X', parameters)()
    parameters.ids[0] = 'b'
    await run
    expect(parametersOf(sent[0]!)).toMatchObject({ 'ids.0': 'a' })
  })

  test('although the place of the service and the options change before it is signed', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"RequestId":"r"}}', {
      credentials: later,
      clock: systemClock,
    })
    const service = { ...clb, endpoint: 'https://one.example/' }
    const options = { region: 'one' }
    const run = cloud.v3(service).submit('DeleteLoadBalancer', {}, options)()
    service.endpoint = 'https://two.example/'
    options.region = 'two'
    await run
    expect(sent).toMatchObject([{ url: 'https://one.example/', headers: { 'X-TC-Region': 'one' } }])
  })

  test('and reads a parameter once, whatever its getter returns the next time', async () => {
    const { cloud, sent } = cloudThatGets('{"Response":{"RequestId":"r"}}')
    let reads = 0
    const parameters = {
      get InstanceIds() {
        return [`ins-${++reads}`]
      },
    }
    expect(await cloud.v3(cvm).submitBatch('StartInstances', parameters)()).toMatchObject({
      right: { accepted: [{ resourceId: 'ins-1' }] },
    })
    expect(sent.map(jsonOf)).toEqual([{ InstanceIds: ['ins-1'] }])
  })

  test('and reads the tasks of a query once', async () => {
    const item = (id: string) =>
      `{"InstanceId":"${id}","LatestOperationRequestId":"r","LatestOperationState":"${id === 'ins-1' ? 'FAILED' : 'SUCCESS'}"}`
    const { cloud, sent } = cloudThatGets(
      `{"Response":{"InstanceSet":[${item('ins-1')},${item('ins-2')}]}}`,
      { credentials: later, clock: systemClock },
    )
    const tasks = ['ins-1', 'ins-2'].map(resourceId => ({ taskId: 'r', resourceId }))
    const followed = cloud.v3(cvm).follow('StartInstances').query(tasks)()
    const states = cloud.v3(cvm).statuses('DescribeInstances', tasks)()
    const state = cloud.v3(cvm).status('DescribeInstances', tasks[0]!)()
    tasks.reverse()
    tasks[1]!.resourceId = 'ins-3'
    expect(await followed).toMatchObject({
      right: [
        { resourceId: 'ins-1', status: { right: { _tag: 'Failed' } } },
        { resourceId: 'ins-2', status: { right: { _tag: 'Succeeded' } } },
      ],
    })
    expect(await states).toMatchObject({
      right: [{ right: { _tag: 'Failed' } }, { right: { _tag: 'Succeeded' } }],
    })
    expect(await state).toMatchObject({ right: { _tag: 'Failed' } })
    expect(sent.map(jsonOf)).toMatchObject([
      { InstanceIds: ['ins-1', 'ins-2'] },
      { InstanceIds: ['ins-1', 'ins-2'] },
      { InstanceIds: ['ins-1'] },
    ])
  })

  test.each([undefined, null, 7, {}])('and refuses a query for no array of tasks: %o', async tasks => {
    const { cloud, sent } = cloudThatGets('{}')
    expect(await cloud.v3(clb).statuses('DescribeFlows', tasks as never)()).toMatchObject(
      misused('/tasks: expected 1 to 2 tasks'),
    )
    expect(
      await cloud
        .v3(clb)
        .follow('CreateListener')
        .query(tasks as never)(),
    ).toMatchObject(misused('/tasks: expected 1 to 1 tasks'))
    expect(sent).toEqual([])
  })
})

describe('a call of untyped code never throws before it runs', () => {
  const throws = {
    get signal(): never {
      throw new TypeError('no')
    },
  }
  const anything = (value: unknown): never => value as never
  const { cloud } = cloudThatGets('{"Response":{"RequestId":"r"}}')
  const task = { taskId: 't' }
  type Run = () => Promise<E.Either<TaskError, unknown>>

  test.each<[string, Run]>([
    ['a service that is undefined', () => cloud.v3(anything(undefined)).submit(anything('X'), {})()],
    ['a service without actions', () => cloud.v3(anything({})).submit(anything('X'), {})()],
    ['follow of no service', () => cloud.v3(anything(undefined)).follow(anything('X')).query([task])()],
    [
      'follow of a service without actions',
      () => cloud.v3(anything({})).follow(anything('X')).query([task])(),
    ],
    [
      'follow without queries',
      () =>
        cloud
          .v3(anything({ submits: {} }))
          .follow(anything('X'))
          .query([task])(),
    ],
    ['options that throw', () => cloud.v3(clb).submit('CreateListener', {}, throws)()],
    ['options of a query that throw', () => cloud.v3(clb).status('DescribeFlow', '1', throws)()],
    [
      'options of follow that throw',
      () => cloud.v3(clb).follow('CreateListener', throws).query([task], AbortSignal.abort())(),
    ],
    ['API 2.0: options that throw', () => cloud.v2(endpoint).submit('X', {}, throws)()],
    ['API 2.0: options of a batch that throw', () => cloud.v2(endpoint).submitBatch('X', {}, throws)()],
    [
      'API 2.0: options of an endpoint that throw',
      () =>
        cloud
          .v2(endpoint, {
            get region(): never {
              throw new TypeError('no')
            },
          })
          .submit('X', {})(),
    ],
    [
      'API 2.0: options of follow that throw',
      () =>
        cloud.v2(endpoint, { queries: v2Queries.ckafka }).follow('CheckTaskStatus', throws)(
          '1',
          AbortSignal.abort(),
        )(),
    ],
    [
      'API 2.0: no queries',
      () => cloud.v2(endpoint, anything({ queries: null })).status(anything('X'), '1')(),
    ],
  ])('with %s', async (_, run) => {
    expect(await run()).toMatchObject({ left: { _tag: 'NotSent', recovered: [] } })
  })

  test('with options that are null, as if there were none', async () => {
    const v2 = cloudThatGets('{"code":0,"requestId":1}')
    const tasks = v2.cloud.v2(endpoint, anything(null))
    expect(await tasks.submit('X', {}, anything(null))()).toMatchObject({ right: { taskId: '1' } })
    const batch = cloudThatGets('{"code":0,"detail":{"a":{"code":0,"requestId":1}}}').cloud.v2(endpoint)
    expect(await batch.submitBatch('X', {}, anything(null))()).toMatchObject({ right: {} })
    expect(await cloud.v3(clb).submit('DeleteLoadBalancer', {}, anything(null))()).toMatchObject({
      right: { taskId: 'r' },
    })
  })
})

describe('a query of follow is aborted', () => {
  test.each(['of follow', 'of the wait'])('by the signal %s', async which => {
    const controllers = { 'of follow': new AbortController(), 'of the wait': new AbortController() }
    const ofFollow = controllers['of follow'].signal
    const ofWait = controllers['of the wait'].signal
    const credentials = () => new Promise<never>(() => undefined)
    const { cloud } = cloudThatGets('{}', { credentials, clock: systemClock })
    const running = [
      cloud
        .v3(clb)
        .follow('CreateListener', { signal: ofFollow })
        .query([{ taskId: 't' }], ofWait)(),
      cloud.v2(endpoint, { queries: v2Queries.ckafka }).follow('CheckTaskStatus', { signal: ofFollow })(
        '1',
        ofWait,
      )(),
    ]
    setImmediate(() => controllers[which as 'of follow'].abort(new RangeError('enough')))
    for (const result of await Promise.all<E.Either<TaskError, unknown>>(running))
      expect(result).toMatchObject({
        left: { _tag: 'NotSent', reason: { _tag: 'Aborted', name: 'RangeError' } },
      })
  })
})

describe('a call never rejects', () => {
  test.each([
    ['v2', 'a refused parameter', { a: null }, '/parameters/a: '],
    ['v3', 'a refused parameter', { a: undefined }, '/parameters/a: '],
    ['v2', 'no parameters', undefined, '/parameters: '],
    ['v3', 'no parameters', undefined, '/parameters: '],
  ] as const)('%s, if it is wrong: %s', async (api, _, parameters, message) => {
    const { cloud, sent } = cloudThatGets('{}')
    const result = await (api === 'v2'
      ? cloud.v2(endpoint).submit('X', parameters as never)()
      : cloud.v3(clb).submit('CreateListener', parameters as never)())
    expect(result).toMatchObject(misused(message))
    expect(E.isLeft(result) && showTaskError(result.left)).toContain(`Not sent: ${message}`)
    expect(sent).toEqual([])
  })

  test('if the source of random bytes throws', async () => {
    const random = () => {
      throw new RangeError('no')
    }
    const { cloud } = cloudThatGets('{}', { random })
    const left = { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'RangeError' } }
    expect(await cloud.v2(endpoint).submit('X', {})()).toMatchObject({ left })
    expect(
      await cloud.v2(endpoint, { queries: v2Queries.ckafka }).status('CheckTaskStatus', '1')(),
    ).toMatchObject({
      left: { ...left, operation: 'query' },
    })
    expect(await cloud.v3(clb).submit('CreateLoadBalancer', {})()).toMatchObject({ left })
  })

  test('if the clock gives no time', async () => {
    const { cloud } = cloudThatGets('{}', { clock: { ...fastClock(), now: () => NaN } })
    expect(await cloud.v2(endpoint).submit('X', {})()).toMatchObject(misused('/timestamp: '))
  })

  const thrower = () => {
    throw new TypeError('no')
  }
  test.each<[string, unknown]>([
    ['throws', thrower],
    ['rejects', () => () => Promise.reject(new TypeError('no'))],
    ['is no function', undefined],
    ['resolves to nothing', () => async () => undefined],
    ['resolves to a Left of nothing', () => async () => E.left(undefined)],
    ['resolves to a Left of an empty object', () => async () => E.left({})],
    ['resolves to an empty object', () => async () => ({})],
    [
      'resolves to a response that throws',
      () => async () =>
        E.right({
          status: 200,
          get body() {
            return thrower()
          },
        }),
    ],
  ])('if the transport %s', async (_, transport) => {
    const { cloud } = cloudThatGets('{}', { transport: transport as never })
    const results: ReadonlyArray<E.Either<TaskError, unknown>> = await Promise.all([
      cloud.v2(endpoint).submit('X', {})(),
      cloud.v2(endpoint, { queries: v2Queries.ckafka }).status('CheckTaskStatus', '1')(),
      cloud.v3(clb).submit('CreateListener', {})(),
      cloud.v3(clb).status('DescribeFlow', '1')(),
    ])
    for (const result of results) expect(E.isLeft(result)).toBe(true)
    for (const result of results) expect(TaskError.is(E.isLeft(result) && result.left)).toBe(true)
    for (const result of results) expect(result).not.toMatchObject({ left: { _tag: 'NotSent' } })
  })
})

test.each<[string, object]>([
  [
    'describeError throws',
    {
      status: 200,
      body: '<html>',
      describeError: () => {
        throw new TypeError('no')
      },
    },
  ],
  [
    'describeError of one task throws',
    {
      status: 200,
      body: '{"Response":{"InstanceSet":[{"InstanceId":"i","LatestOperationRequestId":"r","LatestOperationState":"X"}]}}',
      describeError: () => {
        throw new TypeError('no')
      },
    },
  ],
])('a query never rejects, if %s', async (_, response) => {
  const { cloud } = cloudThatGets('', { transport: () => TE.right(response as HttpResponse) })
  const task = { taskId: 'r', resourceId: 'i' }
  for (const result of await Promise.all([
    cloud.v3(cvm).status('DescribeInstances', task)(),
    cloud.v3(cvm).statuses('DescribeInstances', [task])(),
    cloud.v3(cvm).follow('StartInstances').query([task])(),
  ]))
    expect(result).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        operation: 'query',
        reason: { _tag: 'ClientFailed', name: 'TypeError' },
        recovered: [],
      }),
    )
})

test('a call never rejects, if a response throws that is read once more after a resend', async () => {
  let sends = 0
  const transport = () => async () =>
    sends++ === 0
      ? E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 1 }, recovered: [] })
      : E.right({
          status: 200,
          get body() {
            throw new TypeError('no')
          },
        })
  const { cloud } = cloudThatGets('', { transport: transport as never, resend: { maxResends: 1 } })
  expect(await cloud.v2(endpoint).submit('X', {})()).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
})

test('a timer of the platform’s clock does not fire at once, however long it is', async () => {
  let fired = 0
  const cancel = systemClock.after(2 ** 40, () => fired++)
  await new Promise(resolve => setTimeout(resolve, 5))
  cancel()
  expect(fired).toBe(0)
})

test('works with the clock and the random numbers of the platform', async () => {
  const sent: HttpRequest[] = []
  const transport: Transport = request => {
    sent.push(request)
    return sent.length === 1
      ? TE.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 1 }, recovered: [] })
      : TE.right({ status: 200, body: '{"code":0,"requestId":1}' })
  }
  const cloud = createTencentCloud({
    transport,
    credentials: documented,
    resend: { maxResends: 1, delayMs: 1 },
  })
  expect(await cloud.v2(endpoint).submit('X', {})()).toMatchObject({ right: { taskId: '1' } })
  expect(sent).toHaveLength(2)
})

describe('no secret is in a client, an error or a result', () => {
  let server: EchoServer | undefined
  afterEach(() => server?.close())

  const credentials = { ...documented, token: 'a-temporary-token' }
  const transports = {
    fetch: fetchTransport(),
    axios: axiosTransport(axios.create()),
  }

  test.each(['fetch', 'axios'] as const)('with %s, although the server repeats the request', async name => {
    const bodies = [
      (request: string) => JSON.stringify({ code: 4100, message: request }),
      (request: string) => JSON.stringify({ Response: { Error: { Code: 'AuthFailure', Message: request } } }),
      (request: string) => `<html>${request}</html>`,
      (request: string) => JSON.stringify({ [request]: request }),
    ]
    for (const respond of bodies) {
      server = await startEchoServer(respond)
      const cloud = createTencentCloud({ transport: transports[name], credentials })
      const v2 = cloud.v2(`${server.origin}/v2/index.php`, { queries: v2Queries.ckafka })
      const v3 = cloud.v3({ ...clb, endpoint: server.origin })
      const results: ReadonlyArray<E.Either<TaskError, unknown>> = [
        await v2.submit('DeleteLoadBalancers', { a: 1 })(),
        await v2.submitBatch('DeleteLoadBalancers', { a: 1 })(),
        await v2.status('CheckTaskStatus', '1')(),
        await v3.submit('DeleteLoadBalancer', { a: '测试' })(),
        await v3.status('DescribeFlow', '1')(),
      ]
      expect(results.every(E.isLeft)).toBe(true)
      expect(results[3]).toMatchObject({ left: { request: { action: 'DeleteLoadBalancer' } } })
      const shown =
        inspect([results, cloud, v2, v3], { depth: null, showHidden: true }) + JSON.stringify(results)
      const signatures = server.requests.map(
        ({ headers, body }) => /Signature=([\w%]+)/.exec(`${headers.authorization ?? ''} ${body}`)![1]!,
      )
      for (const secret of [
        ...Object.values(credentials),
        ...signatures,
        ...signatures.map(decodeURIComponent),
      ])
        expect(shown).not.toContain(secret)
      await server.close()
    }
  })

  test.each<readonly [string, Fault | 'refused']>([
    ['a refused connection', 'refused'],
    ['a reset', { _tag: 'Reset', at: 'beforeResponse' }],
    ['a reset within the body', { _tag: 'Reset', at: 'withinBody' }],
    ['a response that stops', { _tag: 'Stall', at: 'withinBody' }],
    ['bytes that are not HTTP', { _tag: 'InvalidHttp' }],
    ['a redirect loop', { _tag: 'RedirectLoop' }],
    ['a body that can’t be decompressed', { _tag: 'Compressed', encoding: 'gzip', damage: 'corrupted' }],
  ])('after %s', async (_, fault) => {
    const emulator = await startEmulator()
    onTestFinished(() => emulator.close())
    const limits = { timeoutMs: 300 }
    for (const transport of [fetchTransport(fetch, limits), axiosTransport(axios.create(), limits)]) {
      const target = fault === 'refused' ? await emulator.refusedUrl() : emulator.serve({ body: '{}', fault })
      const cloud = createTencentCloud({ transport, credentials })
      const results: ReadonlyArray<E.Either<TaskError, unknown>> = [
        await cloud
          .v2(target, { method: 'GET' })
          .submit('DeleteLoadBalancers', { Password: 'pa55w0rd-of-mine' })(),
        await cloud.v2(target).submit('DeleteLoadBalancers', { Password: 'pa55w0rd-of-mine' })(),
        await cloud
          .v3({ ...clb, endpoint: target })
          .submit('DeleteLoadBalancer', { Password: 'pa55w0rd-of-mine' })(),
        await cloud.v3({ ...clb, endpoint: target }).status('DescribeFlow', '1')(),
      ]
      expect(results.every(E.isLeft)).toBe(true)
      const shown = inspect(results, { depth: null, showHidden: true }) + JSON.stringify(results)
      const signatures = emulator.requests.flatMap(({ target: sent, headers, body }) => {
        const request = `${headers.authorization ?? ''} ${Buffer.from(body).toString()} ${sent}`
        const signature = /Signature=([\w%]+)/.exec(request)![1]!
        return [signature, decodeURIComponent(signature)]
      })
      for (const secret of [...Object.values(credentials), 'pa55w0rd-of-mine', ...signatures])
        expect(shown).not.toContain(secret)
    }
  })
})
