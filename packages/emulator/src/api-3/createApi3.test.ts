import { describe, expect, it } from 'vitest'
import { type Signing3, credential, now, sign3, timestamp } from '../../test/signing.js'
import type { EmulatorCredential } from '../signature/EmulatorCredential.js'
import { type TaskStoreOptions, createTaskStore } from '../tasks/createTaskStore.js'
import { type Api3Options, createApi3 } from './createApi3.js'
import type { EmulatedService } from './EmulatedService.js'
import { services } from './services.js'

type Options = Partial<TaskStoreOptions & Omit<Api3Options, 'store'>>

const apiWith = (options: Options = {}) => {
  const store = createTaskStore({
    clock: () => now,
    taskDurationMs: 0,
    rejections: {},
    failures: {},
    firstTaskId: 17n,
    ...options,
  })
  const api = createApi3({
    store,
    credentials: [credential],
    clock: () => now,
    services,
    isOverLimit: () => false,
    ...options,
  })
  const call = (action: string, parameters: unknown = {}, signing: Signing3 = {}) =>
    api.respond(sign3(action, parameters, signing))
  return { ...api, call, tasks: store.started }
}

const responseOf = (body: string) => (JSON.parse(body) as { Response: Record<string, unknown> }).Response
const errorCodeOf = (body: string) => (responseOf(body).Error as { Code: string } | undefined)?.Code
const requestIdOf = (body: string) => responseOf(body).RequestId as string

const cvm = { service: 'cvm', version: '2017-03-12' }
const vpc = { service: 'vpc', version: '2017-03-12' }
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/

describe('a request is refused', () => {
  const deletion = (signing: Signing3 = {}) =>
    sign3('DeleteLoadBalancer', { LoadBalancerIds: ['lb-1'] }, signing)
  const codeOf = (request: ReturnType<typeof sign3>, options: Options = {}) => {
    const api = apiWith(options)
    const code = errorCodeOf(api.respond(request))
    expect(api.tasks).toHaveLength(code === undefined ? 1 : 0)
    return code
  }

  it('not if it is signed', () => {
    expect(codeOf(deletion())).toBeUndefined()
  })

  it('with a RequestId of its own and HTTP 200', () => {
    const { respond } = apiWith()
    const bodies = [respond(deletion({ secretId: 'AKID' })), respond(deletion({ secretId: 'AKID' }))]
    expect(responseOf(bodies[0]!)).toEqual({
      Error: { Code: 'AuthFailure.SecretIdNotFound', Message: expect.any(String) as string },
      RequestId: expect.stringMatching(uuid) as string,
    })
    expect(requestIdOf(bodies[0]!)).not.toBe(requestIdOf(bodies[1]!))
  })

  it.each(['x-tc-action', 'x-tc-version', 'x-tc-timestamp', 'authorization'])(
    'with MissingParameter without the header %s',
    name => {
      const request = deletion()
      const { [name]: _, ...headers } = request.headers
      expect(codeOf({ ...request, headers })).toBe('MissingParameter')
    },
  )

  it('with AuthFailure.InvalidAuthorization if the header has another form', () => {
    const request = deletion()
    const headers = { ...request.headers, authorization: 'Basic abc' }
    expect(codeOf({ ...request, headers })).toBe('AuthFailure.InvalidAuthorization')
  })

  it('with AuthFailure.SignatureFailure if anything that is signed is another', () => {
    const request = deletion()
    for (const changed of [
      { body: Buffer.from('{"LoadBalancerIds":["lb-2"]}') },
      { headers: { ...request.headers, 'x-tc-action': 'CreateLoadBalancer' } },
      { headers: { ...request.headers, host: 'elsewhere' } },
      { headers: { ...request.headers, 'content-type': 'application/json; charset=utf-8' } },
      { headers: { ...request.headers, 'x-tc-timestamp': String(timestamp + 1) } },
    ])
      expect(codeOf({ ...request, ...changed })).toBe('AuthFailure.SignatureFailure')
    expect(codeOf(deletion({ secretKey: 'another' }))).toBe('AuthFailure.SignatureFailure')
    expect(codeOf(deletion({ date: '2019-02-24' }))).toBe('AuthFailure.SignatureFailure')
  })

  it('with AuthFailure.TokenFailure if the token is not that of the key', () => {
    const credentials: ReadonlyArray<EmulatorCredential> = [{ ...credential, token: 'one' }]
    expect(codeOf(deletion({ token: 'one' }), { credentials })).toBeUndefined()
    expect(codeOf(deletion({ token: 'two' }), { credentials })).toBe('AuthFailure.TokenFailure')
    expect(codeOf(deletion(), { credentials })).toBe('AuthFailure.TokenFailure')
    expect(codeOf(deletion({ token: 'one' }))).toBe('AuthFailure.TokenFailure')
  })

  it.each([
    [300_000, undefined],
    [-300_000, undefined],
    [300_001, 'AuthFailure.SignatureExpire'],
    [-300_001, 'AuthFailure.SignatureExpire'],
  ])('with AuthFailure.SignatureExpire at 5 minutes from the clock: %i ms gives %s', (differenceMs, code) => {
    expect(codeOf(deletion(), { clock: () => now + differenceMs })).toBe(code)
  })

  it('with NoSuchProduct, NoSuchVersion or InvalidAction if there is none', () => {
    expect(codeOf(deletion({ service: 'xyz' }))).toBe('NoSuchProduct')
    expect(codeOf(deletion({ version: '2000-01-01' }))).toBe('NoSuchVersion')
    expect(codeOf(sign3('Fly', {}))).toBe('InvalidAction')
    expect(codeOf(sign3('constructor', {}))).toBe('InvalidAction')
  })

  it('with RequestLimitExceeded if it is one too many', () => {
    expect(codeOf(deletion(), { isOverLimit: () => true })).toBe('RequestLimitExceeded')
  })

  it('with RequestSizeLimitExceeded above 10 MB', () => {
    expect(codeOf(sign3('DeleteLoadBalancer', `"${' '.repeat(10 * 1024 * 1024)}"`))).toBe(
      'RequestSizeLimitExceeded',
    )
  })

  it('with UnsupportedProtocol for another method than POST', () => {
    expect(codeOf({ ...deletion(), method: 'GET' })).toBe('UnsupportedProtocol')
  })

  it.each(['', 'no JSON', '[]', 'null', '7'])('with InvalidParameter for the body %j', body => {
    expect(codeOf(sign3('DeleteLoadBalancer', body))).toBe('InvalidParameter')
  })

  it('with InvalidParameter for a body that is not labelled JSON', () => {
    expect(codeOf(deletion({ contentType: 'text/plain;charset=utf-8' }))).toBe('InvalidParameter')
    expect(codeOf(deletion({ contentType: 'application/json; charset=utf-8' }))).toBeUndefined()
  })

  it('with the code of a rejection', () => {
    const rejections = {
      'lb-1': { code: 5000, message: 'no such load balancer' },
      'lb-2': { code: 1, message: 'busy', codeDesc: 'ResourceInUse.Locked' },
      'lb-3': { code: 77, message: 'odd' },
    }
    const codes = ['lb-1', 'lb-2', 'lb-3'].map(id =>
      codeOf(sign3('DeleteLoadBalancer', { LoadBalancerIds: [id] }), { rejections }),
    )
    expect(codes).toEqual(['ResourceNotFound', 'ResourceInUse.Locked', 'FailedOperation'])
    expect(
      codeOf(sign3('CreateLoadBalancer', {}), {
        rejections: { CreateLoadBalancer: { code: 5200, message: 'sold out' } },
      }),
    ).toBe('ResourceInsufficient')
  })

  it('with DryRunOperation, although it would have succeeded', () => {
    expect(codeOf(sign3('CreateLoadBalancer', { DryRun: true }))).toBe('DryRunOperation')
    expect(codeOf(sign3('CreateLoadBalancer', { DryRun: false }))).toBeUndefined()
  })
})

describe('the service', () => {
  const version = '2017-03-12'

  it('is the one that the request signs', () => {
    const api = apiWith()
    api.call('StartInstances', { InstanceIds: ['ins-1'] }, cvm)
    expect(api.tasks).toMatchObject([{ service: 'cvm', action: 'StartInstances' }])
  })

  it.each([
    ['127.0.0.1:8080', '127'],
    ['127.0.0.1', '127'],
    ['localhost', 'localhost'],
    ['localhost:8080', 'localhost:8080'],
  ])('is found by its action if the label of the address %s is signed', (host, service) => {
    const api = apiWith()
    const call = (action: string) =>
      errorCodeOf(api.call(action, { InstanceIds: ['ins-1'] }, { service, version, host }))
    expect(call('StartInstances')).toBeUndefined()
    expect(call('Fly')).toBe('InvalidAction')
    expect(api.tasks).toMatchObject([{ service: 'cvm' }])
  })

  it('is not guessed from another host', () => {
    const signing = { service: '127', version, host: '127.example.com' }
    expect(errorCodeOf(apiWith().call('StartInstances', { InstanceIds: ['ins-1'] }, signing))).toBe(
      'NoSuchProduct',
    )
  })
})

describe('a task named by the RequestId', () => {
  it('is accepted, and its state is asked for with it', () => {
    let time = now
    const api = apiWith({
      clock: () => time,
      taskDurationMs: 1000,
      failures: { 'lb-2': { code: 7, message: 'still in use' } },
    })
    const created = api.call('CreateListener', { LoadBalancerId: 'lb-1', Ports: [80] })
    expect(responseOf(created)).toEqual({
      ListenerIds: ['lbl-17'],
      RequestId: expect.stringMatching(uuid) as string,
    })
    const deleted = api.call('DeleteLoadBalancer', { LoadBalancerIds: ['lb-2'] })
    expect(api.tasks).toEqual([
      {
        id: requestIdOf(created),
        service: 'clb',
        action: 'CreateListener',
        resourceIds: ['lb-1'],
        endsAtMs: now + 1000,
      },
      expect.objectContaining({ id: requestIdOf(deleted), resourceIds: ['lb-2'] }),
    ])

    const state = (body: string) => {
      const { RequestId, ...members } = responseOf(
        api.call('DescribeTaskStatus', { TaskId: requestIdOf(body) }),
      )
      expect(RequestId).not.toBe(requestIdOf(body))
      return members
    }
    expect(state(created)).toEqual({ Status: 2, Message: '' })
    time = now + 1000
    expect(state(created)).toEqual({ Status: 0, Message: '' })
    expect(state(deleted)).toEqual({ Status: 1, Message: 'still in use' })
  })

  it('is not known by the RequestId of a request that was refused', () => {
    const api = apiWith({ rejections: { 'lb-1': { code: 5000, message: '' } } })
    const refused = api.call('DeleteLoadBalancer', { LoadBalancerIds: ['lb-1'] })
    expect(errorCodeOf(api.call('DescribeTaskStatus', { TaskId: requestIdOf(refused) }))).toBe(
      'ResourceNotFound',
    )
  })
})

describe('a task named by a member', () => {
  const digits = 9007199254740993123n

  it('is handed out as a number with every digit, and asked for as one', () => {
    const api = apiWith({ firstTaskId: digits })
    const redis = { service: 'redis', version: '2018-04-12' }
    expect(api.call('ClearInstance', { InstanceId: 'crs-1' }, redis)).toMatch(
      /^\{"Response":\{"TaskId":9007199254740993123,"RequestId":"[^"]+"\}\}$/,
    )
    const ask = (body: string) => api.call('DescribeTaskInfo', body, redis)
    expect(responseOf(ask('{"TaskId":9007199254740993123}'))).toMatchObject({ Status: 'succeed' })
    expect(errorCodeOf(ask('{"TaskId":9007199254740993000}'))).toBe('ResourceNotFound')
    expect(errorCodeOf(ask('{"TaskId":"9007199254740993123"}'))).toBe('InvalidParameter')
    expect(errorCodeOf(ask('{"TaskId":1.5}'))).toBe('InvalidParameter')
    expect(errorCodeOf(ask('{"TaskId":null}'))).toBe('MissingParameter')
    expect(errorCodeOf(ask('{}'))).toBe('MissingParameter')
  })

  it('is handed out as a string and asked for as a number by vpc', () => {
    const api = apiWith({ firstTaskId: digits })
    expect(responseOf(api.call('ReleaseAddresses', { AddressIds: ['eip-1'] }, vpc))).toMatchObject({
      TaskId: '9007199254740993123',
    })
    expect(api.call('TransformAddress', { InstanceId: 'ins-1' }, vpc)).toContain(
      '"TaskId":9007199254740993124,',
    )
    expect(responseOf(api.call('DescribeTaskResult', '{"TaskId":9007199254740993123}', vpc))).toMatchObject({
      Result: 'SUCCESS',
    })
  })

  it('is handed out as a string and asked for as one by cdb', () => {
    const api = apiWith({ failures: { 'cdb-1': { code: 1, message: 'disk full' } } })
    const cdb = { service: 'cdb', version: '2017-03-20' }
    expect(responseOf(api.call('RestartDBInstances', { InstanceIds: ['cdb-1'] }, cdb))).toMatchObject({
      AsyncRequestId: '17',
    })
    expect(responseOf(api.call('DescribeAsyncRequestInfo', { AsyncRequestId: '17' }, cdb))).toMatchObject({
      Status: 'FAILED',
      Info: 'disk full',
    })
  })

  it('can be nested', () => {
    const api = apiWith({ firstTaskId: digits })
    const ckafka = { service: 'ckafka', version: '2019-08-19' }
    expect(api.call('DeleteTopic', { InstanceId: 'ckafka-1', TopicName: 't' }, ckafka)).toContain(
      '{"Response":{"Result":{"ReturnCode":"0","ReturnMessage":"","Data":{"FlowId":9007199254740993123}},"RequestId":',
    )
    expect(
      responseOf(api.call('DescribeTaskStatus', '{"FlowId":9007199254740993123}', ckafka)),
    ).toMatchObject({ Result: { Status: 0, Output: '' } })
  })

  it('is rejected by a code of the action, or by one of the API if it is in words', () => {
    const ckafka = { service: 'ckafka', version: '2019-08-19' }
    const rejections = {
      'ckafka-1': { code: 4000, message: 'no such topic' },
      'ckafka-2': { code: 4000, message: 'none', codeDesc: 'ResourceNotFound' },
    }
    const api = apiWith({ rejections })
    const remove = (InstanceId: string) => responseOf(api.call('DeleteTopic', { InstanceId }, ckafka))
    expect(remove('ckafka-1')).toMatchObject({
      Result: { ReturnCode: '4000', ReturnMessage: 'no such topic' },
    })
    expect(remove('ckafka-2')).toMatchObject({ Error: { Code: 'ResourceNotFound' } })
    expect(api.tasks).toEqual([])
  })

  it('is known to no query but its own', () => {
    const api = apiWith()
    api.call('ReleaseAddresses', { AddressIds: ['eip-1'] }, vpc)
    expect(errorCodeOf(api.call('DescribeVpcTaskResult', { TaskId: '17' }, vpc))).toBe('ResourceNotFound')
  })
})

describe('tasks named by the RequestId and each resource', () => {
  const ask = (api: ReturnType<typeof apiWith>, parameters: unknown) =>
    responseOf(api.call('DescribeInstances', parameters, cvm))

  it('are started for all resources, or for none', () => {
    const api = apiWith({ rejections: { 'ins-2': { code: 5000, message: 'no such instance' } } })
    const start = (...InstanceIds: string[]) => api.call('StartInstances', { InstanceIds }, cvm)
    expect(errorCodeOf(start('ins-1', 'ins-2'))).toBe('ResourceNotFound')
    expect(api.tasks).toEqual([])
    const RequestId = requestIdOf(start('ins-1', 'ins-3', 'ins-1'))
    expect(api.tasks).toMatchObject([
      { id: RequestId, resourceIds: ['ins-1'] },
      { id: RequestId, resourceIds: ['ins-3'] },
    ])
  })

  it('are the latest operation of their resource', () => {
    let time = now
    const api = apiWith({
      clock: () => time,
      taskDurationMs: 1000,
      failures: { 'ins-2': { code: 1, message: 'no host' } },
    })
    const first = requestIdOf(api.call('StartInstances', { InstanceIds: ['ins-1', 'ins-2'] }, cvm))
    const second = requestIdOf(api.call('StopInstances', { InstanceIds: ['ins-1'] }, cvm))
    const item = (InstanceId: string, id: string | null, state: string | null) => ({
      InstanceId,
      LatestOperationRequestId: id,
      LatestOperationState: state,
      ...(state === null ? {} : { LatestOperationErrorMsg: state === 'FAILED' ? 'no host' : '' }),
    })
    const InstanceIds = ['ins-2', 'ins-1', 'ins-9']
    expect(ask(api, { InstanceIds })).toMatchObject({
      TotalCount: 3,
      InstanceSet: [
        item('ins-2', first, 'OPERATING'),
        item('ins-1', second, 'OPERATING'),
        item('ins-9', null, null),
      ],
    })
    time = now + 1000
    expect(ask(api, { InstanceIds }).InstanceSet).toEqual([
      item('ins-2', first, 'FAILED'),
      item('ins-1', second, 'SUCCESS'),
      item('ins-9', null, null),
    ])
    expect(ask(api, {}).InstanceSet).toHaveLength(2)
  })

  it('are asked for by up to 100 ids, of which 20 are returned without a Limit', () => {
    const api = apiWith()
    const InstanceIds = Array.from({ length: 100 }, (_, index) => `ins-${index}`)
    const countOf = (parameters: object) => {
      const { TotalCount, InstanceSet } = ask(api, { InstanceIds, ...parameters })
      return [TotalCount, (InstanceSet as unknown[] | undefined)?.length]
    }
    expect(countOf({})).toEqual([100, 20])
    expect(countOf({ Limit: 100 })).toEqual([100, 100])
    expect(countOf({ Limit: 100, Offset: 90 })).toEqual([100, 10])
    const codeOf = (parameters: object) =>
      errorCodeOf(api.call('DescribeInstances', { InstanceIds, ...parameters }, cvm))
    expect(codeOf({ Limit: 101 })).toBe('InvalidParameterValue')
    expect(codeOf({ InstanceIds: [...InstanceIds, 'ins-100'] })).toBe('InvalidParameterValue.LimitExceeded')
  })

  it.each([
    [{}, 'MissingParameter'],
    [{ InstanceIds: [] }, 'MissingParameter'],
    [{ InstanceIds: 'ins-1' }, 'InvalidParameter'],
    [{ InstanceIds: [1] }, 'InvalidParameter'],
  ])('need resources: %j gives %s', (parameters, code) => {
    expect(errorCodeOf(apiWith().call('StartInstances', parameters, cvm))).toBe(code)
  })
})

describe('the same ClientToken', () => {
  it('starts no second task, and gets the same response', () => {
    const api = apiWith()
    const create = (ClientToken: string) => api.call('CreateLoadBalancer', { ClientToken })
    const first = create('a')
    expect(create('a')).toBe(first)
    expect(create('b')).not.toBe(first)
    expect(api.tasks).toHaveLength(2)
  })

  it('is new for another action or another account', () => {
    const other = { secretId: 'AKID', secretKey: 'key' }
    const api = apiWith({ credentials: [credential, other] })
    api.call('AttachNetworkInterface', { ClientToken: 'a' }, vpc)
    api.call('DetachNetworkInterface', { ClientToken: 'a' }, vpc)
    api.call('DetachNetworkInterface', { ClientToken: 'a' }, { ...vpc, ...other })
    expect(api.tasks).toHaveLength(3)
  })

  it('can be used again after a refusal', () => {
    let isSoldOut = true
    const api = apiWith({
      rejections: () => (isSoldOut ? { code: 5200, message: 'sold out' } : undefined),
    })
    const create = () => errorCodeOf(api.call('CreateLoadBalancer', { ClientToken: 'a' }))
    expect(create()).toBe('ResourceInsufficient')
    isSoldOut = false
    expect(create()).toBeUndefined()
  })

  it('is an unknown parameter to other actions', () => {
    const api = apiWith()
    const body = api.call('DeleteLoadBalancer', { LoadBalancerIds: ['lb-1'], ClientToken: 'a' })
    expect(errorCodeOf(body)).toBe('UnknownParameter')
    expect(api.tasks).toEqual([])
  })

  it('is forgotten after the time that the service documents', () => {
    let time = now
    const emr: EmulatedService = {
      service: 'emr',
      version: '2019-01-03',
      submits: {
        ScaleOutInstance: {
          task: { _tag: 'Member', path: ['FlowId'] },
          query: 'DescribeClusterFlowStatusDetail',
          takesClientToken: true,
          clientTokenSeconds: 300,
        },
      },
      queries: {},
    }
    // the requests must be signed at the time of the clock
    const api = apiWith({ services: [emr], clock: () => time })
    const scale = () =>
      api.call(
        'ScaleOutInstance',
        { ClientToken: 'a' },
        { service: 'emr', version: '2019-01-03', at: time / 1000 },
      )
    scale()
    time += 299_000
    scale()
    expect(api.tasks).toHaveLength(1)
    time += 1000
    scale()
    expect(api.tasks).toHaveLength(2)
  })

  it('starts a task each time if it is empty', () => {
    const api = apiWith()
    for (let count = 0; count < 2; count++) api.call('CreateLoadBalancer', { ClientToken: '' })
    expect(api.tasks).toHaveLength(2)
  })
})

describe('a service of the caller', () => {
  const alb: EmulatedService = {
    service: 'alb',
    version: '2025-10-30',
    submits: { DeleteLoadBalancer: { task: { _tag: 'RequestId' }, query: 'DescribeAsyncJobs' } },
    queries: {
      DescribeAsyncJobs: {
        parameter: 'RequestIds',
        parameterType: 'stringArray',
        fixedParameters: { MaxResults: 100, Order: 'asc' },
        list: { path: ['Jobs'], idMember: 'RequestId' },
        state: ['Status'],
        succeeded: ['Succeeded'],
        failed: ['Failed'],
        inProgress: ['Processing'],
        maxTasksPerQuery: 100,
      },
    },
  }
  const signing = { service: 'alb', version: '2025-10-30' }
  const fixed = { MaxResults: 100, Order: 'asc' }

  it('lists the tasks that it knows, and leaves out others', () => {
    const api = apiWith({ services: [alb] })
    const id = requestIdOf(api.call('DeleteLoadBalancer', { LoadBalancerId: 'alb-1' }, signing))
    const jobs = responseOf(
      api.call('DescribeAsyncJobs', { RequestIds: ['unknown', id], ...fixed }, signing),
    ).Jobs
    expect(jobs).toEqual([{ RequestId: id, Status: 'Succeeded' }])
    expect(errorCodeOf(api.call('DeleteLoadBalancer', {}))).toBe('NoSuchProduct')
  })

  it.each([
    [{ MaxResults: 100 }, 'MissingParameter'],
    [{ ...fixed, MaxResults: 50 }, 'InvalidParameterValue'],
    [{ ...fixed, Order: 'desc' }, 'InvalidParameterValue'],
    [fixed, undefined],
  ])('requires its fixed parameters: %j gives %s', (parameters, code) => {
    const body = apiWith({ services: [alb] }).call(
      'DescribeAsyncJobs',
      { RequestIds: [], ...parameters },
      signing,
    )
    expect(errorCodeOf(body)).toBe(code)
  })

  it('can have the reason of a failed task at Error, which is absent otherwise', () => {
    const lkeap: EmulatedService = {
      service: 'lkeap',
      version: '2024-05-22',
      submits: {
        CreateSplitDocumentFlow: {
          task: { _tag: 'Member', path: ['TaskId'] },
          query: 'GetSplitDocumentResult',
        },
      },
      queries: {
        GetSplitDocumentResult: {
          parameter: 'TaskId',
          parameterType: 'string',
          state: ['Status'],
          succeeded: ['Success'],
          failed: ['Failed'],
          inProgress: ['Processing'],
          output: ['Error', 'Message'],
        },
      },
    }
    const of = { service: 'lkeap', version: '2024-05-22' }
    const stateWith = (more: Parameters<typeof apiWith>[0]): unknown => {
      const api = apiWith({ services: [lkeap], ...more })
      const { TaskId } = responseOf(api.call('CreateSplitDocumentFlow', {}, of))
      const { RequestId: _, ...state } = responseOf(api.call('GetSplitDocumentResult', { TaskId }, of))
      return state
    }
    expect(stateWith({})).toEqual({ Status: 'Success' })
    expect(stateWith({ failures: () => ({ code: 5100, message: 'no page' }) })).toEqual({
      Status: 'Failed',
      Error: { Code: 'FailedOperation', Message: 'no page' },
    })
  })

  it('can have parameters within objects, and others that the caller must give', () => {
    const emr: EmulatedService = {
      service: 'emr',
      version: '2019-01-03',
      submits: {
        ModifyPodNum: {
          task: { _tag: 'Member', path: ['FlowId'] },
          query: 'DescribeClusterFlowStatusDetail',
        },
      },
      queries: {
        DescribeClusterFlowStatusDetail: {
          parameter: 'FlowParam.FValue',
          parameterType: 'string',
          fixedParameters: { 'FlowParam.FKey': 'FlowId' },
          requires: ['InstanceId'],
          state: ['FlowTotalStatus'],
          succeeded: ['2', '3'],
          failed: ['-1'],
          inProgress: ['0', '1', '-3'],
        },
      },
    }
    const at = { service: 'emr', version: '2019-01-03' }
    const api = apiWith({ services: [emr], failures: { ModifyPodNum: { code: 1, message: '' } } })
    api.call('ModifyPodNum', {}, at)
    const ask = (parameters: object) =>
      responseOf(api.call('DescribeClusterFlowStatusDetail', parameters, at))
    const FlowParam = { FKey: 'FlowId', FValue: '17' }
    expect(ask({ InstanceId: 'emr-1', FlowParam })).toMatchObject({ FlowTotalStatus: -1 })
    expect(ask({ FlowParam })).toMatchObject({ Error: { Code: 'MissingParameter' } })
    expect(ask({ InstanceId: 'emr-1', FlowParam: { FKey: 'FlowId' } })).toMatchObject({
      Error: { Code: 'MissingParameter' },
    })
    expect(ask({ InstanceId: 'emr-1', FlowParam: 'FlowId' })).toMatchObject({
      Error: { Code: 'MissingParameter' },
    })
  })

  it('can name one resource for a task', () => {
    const service: EmulatedService = {
      ...services.find(one => one.service === 'cvm')!,
      submits: {
        ResetInstance: {
          task: { _tag: 'RequestIdPerResource', parameter: 'InstanceId' },
          query: 'DescribeInstances',
        },
      },
    }
    const api = apiWith({ services: [service] })
    expect(errorCodeOf(api.call('ResetInstance', { InstanceId: ['ins-1'] }, cvm))).toBe('InvalidParameter')
    const RequestId = requestIdOf(api.call('ResetInstance', { InstanceId: 'ins-1' }, cvm))
    expect(
      responseOf(api.call('DescribeInstances', { InstanceIds: ['ins-1'] }, cvm)).InstanceSet,
    ).toMatchObject([{ LatestOperationRequestId: RequestId }])
  })

  it('can have ids that are numbers in its lists', () => {
    const postgres: EmulatedService = {
      service: 'postgres',
      version: '2017-03-12',
      submits: { RestartDBInstance: { task: { _tag: 'Member', path: ['FlowId'] }, query: 'DescribeTasks' } },
      queries: {
        DescribeTasks: {
          parameter: 'TaskIds',
          parameterType: 'numberArray',
          list: { path: ['TaskSet'], idMember: 'TaskId' },
          state: ['Status'],
          succeeded: ['Success'],
          failed: ['Fail'],
          inProgress: [],
        },
      },
    }
    const at = { service: 'postgres', version: '2017-03-12' }
    let time = now
    const api = apiWith({
      services: [postgres],
      firstTaskId: 9007199254740993n,
      clock: () => time,
      taskDurationMs: 1,
    })
    expect(api.call('RestartDBInstance', {}, at)).toContain('"FlowId":9007199254740993,')
    const ask = () => api.call('DescribeTasks', '{"TaskIds":[9007199254740993]}', at)
    expect(ask()).toContain('"TaskSet":[{"TaskId":9007199254740993,"Status":null}]')
    time++
    expect(ask()).toContain('"TaskSet":[{"TaskId":9007199254740993,"Status":"Success"}]')
  })
})
