import { decodeBatchTask, decodeOrdinaryTask } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { actions } from './Action.js'
import { type TaskStoreOptions, createTaskStore } from '../tasks/createTaskStore.js'
import { type ApiOptions, createApi } from './createApi.js'

const noSuchInstance = { code: 5000, message: 'no such instance' }

const apiWith = (options: Partial<TaskStoreOptions & ApiOptions> = {}) => {
  const store = createTaskStore({
    clock: () => 0,
    taskDurationMs: 0,
    rejections: {},
    failures: {},
    firstTaskId: 17n,
    ...options,
  })
  const api = createApi({ store, idFormat: 'string', codeFormat: 'number', refuseReplays: true, ...options })
  return { ...api, tasks: store.started }
}

const invalid = (message: string) => `{"code":4000,"message":"${message}","codeDesc":"InvalidParameter"}`
const state = (data: string) => `{"code":0,"message":"","codeDesc":"Success","data":${data}}`

describe('ordinary actions', () => {
  const accepted = '{"code":0,"message":"","codeDesc":"Success","requestId":"17"'

  it.each([
    [
      { Action: 'CreateLoadBalancer' },
      `${accepted},"dealIds":["17"],"unLoadBalancerIds":{"17":["lb-17"]}}`,
      [],
    ],
    [
      { Action: 'DeleteLoadBalancers', 'loadBalancerIds.1': 'lb-1', 'loadBalancerIds.2': 'lb-2' },
      `${accepted}}`,
      ['lb-1', 'lb-2'],
    ],
    [
      { Action: 'CreateLoadBalancerListeners', loadBalancerId: 'lb-1' },
      `${accepted},"listenerIds":["lbl-17"]}`,
      ['lb-1'],
    ],
    [{ Action: 'ResetInstances', instanceId: 'ins-1' }, `${accepted}}`, ['ins-1']],
    [{ Action: 'CreateImage', instanceId: 'ins-1' }, `${accepted}}`, ['ins-1']],
  ])('accept %o', (parameters, body, resourceIds) => {
    const api = apiWith()
    expect(api.respond('GET', parameters)).toBe(body)
    expect(E.isRight(decodeOrdinaryTask(body))).toBe(true)
    expect(api.tasks).toEqual([{ id: '17', action: parameters.Action, resourceIds, endsAtMs: 0 }])
  })

  describe('on a NAT gateway', () => {
    const natActions = ['DeleteNatGateway', 'EipBindNatGateway', 'EipUnBindNatGateway']

    it.each(natActions)('return the id at taskId: %s', Action => {
      const api = apiWith()
      const body = api.respond('GET', { Action, vpcId: '190', natId: 'nat-1' })
      expect(body).toBe('{"code":0,"message":"","codeDesc":"Success","taskId":"17"}')
      expect(api.tasks).toEqual([{ id: '17', action: Action, resourceIds: ['nat-1'], endsAtMs: 0 }])
    })

    it('return every digit of an id that is a number', () => {
      const api = apiWith({ idFormat: 'number', firstTaskId: 9007199254740993n })
      expect(api.respond('GET', { Action: 'DeleteNatGateway', natId: 'nat-1' })).toContain(
        '"taskId":9007199254740993}',
      )
    })

    it('reject like any ordinary action', () => {
      const api = apiWith({ rejections: { 'nat-1': noSuchInstance } })
      expect(api.respond('GET', { Action: 'DeleteNatGateway', natId: 'nat-1' })).toBe(
        '{"code":5000,"message":"no such instance"}',
      )
      expect(api.respond('GET', { Action: 'DeleteNatGateway' })).toBe(invalid('natId is missing'))
    })
  })

  it('reject a resource without starting a task', () => {
    const api = apiWith({ rejections: { 'ins-1': noSuchInstance } })
    const body = api.respond('GET', { Action: 'ResetInstances', instanceId: 'ins-1' })
    expect(body).toBe('{"code":5000,"message":"no such instance"}')
    expect(api.tasks).toEqual([])
  })

  it('that create a resource are rejected by the name of the action', () => {
    const api = apiWith({ rejections: { CreateLoadBalancer: { code: 5200, message: 'sold out' } } })
    expect(api.respond('GET', { Action: 'CreateLoadBalancer' })).toBe('{"code":5200,"message":"sold out"}')
  })
})

describe('batch actions', () => {
  const batches = actions.filter(action => action._tag === 'BatchAction').map(action => action.name)
  const [first, second] = [{ 'instanceIds.0': 'ins-1' }, { 'instanceIds.1': 'ins-2' }]

  it.each(batches)('accept every resource: %s', Action => {
    const api = apiWith()
    const body = api.respond('POST', { Action, ...first, ...second })
    expect(body).toBe(
      '{"code":0,"message":"success","detail":{"ins-1":{"code":0,"message":"","requestId":"17"},"ins-2":{"code":0,"message":"","requestId":"18"}}}',
    )
    expect(api.tasks.map(task => task.resourceIds)).toEqual([['ins-1'], ['ins-2']])
  })

  it.each([
    ['AllAccepted', 0, {}],
    ['PartlyAccepted', 5400, { 'ins-2': noSuchInstance }],
    ['AllRejected', 5100, { 'ins-1': noSuchInstance, 'ins-2': noSuchInstance }],
  ])('respond to %s with the outer code %i', (tag, code, rejections) => {
    const body = apiWith({ rejections }).respond('GET', { Action: 'StopInstances', ...first, ...second })
    expect(JSON.parse(body)).toMatchObject({ code })
    expect(decodeBatchTask(body)).toMatchObject({ right: { _tag: tag } })
  })

  it('keep the order of the indexes, and list a resource once', () => {
    const body = apiWith().respond('GET', {
      Action: 'StartInstances',
      'instanceIds.10': '4',
      'instanceIds.9': '30',
      'instanceIds.11': '30',
      'instanceIds.x': 'none',
      'instanceIds.12': '__proto__',
    })
    expect(body.match(/"(30|4|__proto__)":/g)).toEqual(['"30":', '"4":', '"__proto__":'])
  })

  it('call a function for rejections', () => {
    const api = apiWith({
      rejections: (resourceId, action) =>
        action === 'StopInstances' && resourceId === 'ins-2' ? noSuchInstance : undefined,
    })
    expect(JSON.parse(api.respond('GET', { Action: 'StopInstances', ...first, ...second }))).toMatchObject({
      code: 5400,
    })
    expect(JSON.parse(api.respond('GET', { Action: 'StartInstances', ...first, ...second }))).toMatchObject({
      code: 0,
    })
  })

  it('ignore inherited properties of rejections', () => {
    const body = apiWith().respond('GET', { Action: 'StopInstances', 'instanceIds.0': 'constructor' })
    expect(JSON.parse(body)).toMatchObject({ code: 0 })
  })
})

/** The actions whose documented responses have codes and states as strings. */
const codesAsText = new Set(['GetFlowStatus', 'CdbTdsqlGetFlowInfo'])
const withTextCodes = (body: string) => body.replace(/"(code|status)":(-?\d+)/g, '"$1":"$2"')

describe('the status of a task', () => {
  const questions = actions.flatMap(action =>
    action._tag === 'StatusAction'
      ? action.parameters.map(parameter => [action.name, parameter] as const)
      : [],
  )

  it.each(questions)('is returned by %s with %s', (Action, parameter) => {
    let now = 1000
    const api = apiWith({
      clock: () => now,
      taskDurationMs: 50,
      failures: { 'ins-2': { code: 7, message: 'the disk is full' } },
    })
    api.respond('GET', { Action: 'StartInstances', 'instanceIds.0': 'ins-1', 'instanceIds.1': 'ins-2' })
    const asPublished = codesAsText.has(Action) ? withTextCodes : (body: string) => body
    now = 1049
    expect(api.respond('GET', { Action, [parameter]: '17' })).toBe(asPublished(state('{"status":2}')))
    now = 1050
    expect(api.respond('GET', { Action, [parameter]: '17' })).toBe(asPublished(state('{"status":0}')))
    expect(api.respond('GET', { Action, [parameter]: '18' })).toBe(
      asPublished(state('{"status":1,"output":{"code":7,"message":"the disk is full"}}')),
    )
    expect(api.respond('GET', { Action, [parameter]: '19' })).toBe(
      asPublished('{"code":5000,"message":"there is no task 19","codeDesc":"ResourceNotFound"}'),
    )
  })
})

describe('a request is rejected as a whole', () => {
  it.each([
    [{}, 'Action is missing'],
    [{ Action: 'Fly' }, 'there is no Action Fly'],
    [{ Action: 'ResetInstances' }, 'instanceId is missing'],
    [{ Action: 'ResetInstances', instanceId: '' }, 'instanceId is missing'],
    [{ Action: 'StartInstances' }, 'instanceIds.0 is missing'],
    [{ Action: 'DeleteLoadBalancers' }, 'loadBalancerIds.0 is missing'],
    [{ Action: 'CheckTaskStatus' }, 'flowId is missing'],
    [{ Action: 'QueryBmTaskResult' }, 'requestId or taskId is missing'],
  ])('with 4000 for %o: %s', (parameters: Record<string, string>, message) => {
    expect(apiWith().respond('GET', parameters)).toBe(invalid(message))
  })

  it('with 4600 for a method other than GET and POST', () => {
    expect(JSON.parse(apiWith().respond('PUT', { Action: 'CreateLoadBalancer' }))).toMatchObject({
      code: 4600,
    })
  })

  const signed = { Action: 'CreateLoadBalancer', Nonce: '1', Timestamp: '2' }

  it('with 4500 for a repeated pair of Nonce and Timestamp', () => {
    const api = apiWith()
    expect(JSON.parse(api.respond('GET', signed))).toMatchObject({ code: 0 })
    expect(JSON.parse(api.respond('GET', signed))).toMatchObject({ code: 4500 })
    expect(JSON.parse(api.respond('GET', { ...signed, Timestamp: '3' }))).toMatchObject({ code: 0 })
    expect(api.tasks).toHaveLength(2)
  })

  it('unless replays are allowed, or one of the two is missing', () => {
    const lenient = apiWith({ refuseReplays: false })
    lenient.respond('GET', signed)
    expect(JSON.parse(lenient.respond('GET', signed))).toMatchObject({ code: 0 })
    const strict = apiWith()
    const unsigned = { Action: 'CreateLoadBalancer', Nonce: '1' }
    strict.respond('GET', unsigned)
    expect(JSON.parse(strict.respond('GET', unsigned))).toMatchObject({ code: 0 })
  })
})

describe('ids are written', () => {
  const firstTaskId = 9007199254740993n
  const batch = { Action: 'StartInstances', 'instanceIds.0': 'ins-1' }

  it('as numbers, digit for digit', () => {
    const api = apiWith({ idFormat: 'number', firstTaskId })
    expect(api.respond('GET', { Action: 'CreateLoadBalancer' })).toContain('"requestId":9007199254740993,')
    expect(api.respond('GET', batch)).toContain('"requestId":9007199254740994}')
    expect(api.respond('GET', { Action: 'CheckTaskStatus', flowId: '9007199254740994' })).toBe(
      state('{"status":0}'),
    )
  })

  it('as strings', () => {
    const api = apiWith({ firstTaskId })
    expect(api.respond('GET', batch)).toContain('"requestId":"9007199254740993"}')
  })
})

describe('codes are written as strings', () => {
  const api = () => apiWith({ codeFormat: 'string' })

  it('in the response to an ordinary submission', () => {
    expect(api().respond('GET', { Action: 'DeleteNatGateway', natId: 'nat-1' })).toBe(
      '{"code":"0","message":"","codeDesc":"Success","taskId":"17"}',
    )
  })

  it('in the response to a batch and in its entries', () => {
    const body = apiWith({ codeFormat: 'string', rejections: { code: noSuchInstance } }).respond('GET', {
      Action: 'StopInstances',
      'instanceIds.0': 'status',
      'instanceIds.1': 'code',
    })
    expect(body).toBe(
      '{"code":"5400","message":"the operation failed for some resources","detail":{"status":{"code":"0","message":"","requestId":"17"},"code":{"code":"5000","message":"no such instance"}}}',
    )
  })

  it('in rejections', () => {
    expect(api().respond('GET', {})).toBe(
      '{"code":"4000","message":"Action is missing","codeDesc":"InvalidParameter"}',
    )
  })

  it('together with states', () => {
    const text = api()
    text.respond('GET', { Action: 'CreateLoadBalancer' })
    expect(text.respond('GET', { Action: 'CheckTaskStatus', flowId: '17' })).toBe(
      '{"code":"0","message":"","codeDesc":"Success","data":{"status":"0"}}',
    )
  })
})
