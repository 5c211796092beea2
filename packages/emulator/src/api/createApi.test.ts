import { decodeBatchTask, decodeOrdinaryTask } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { actions } from './Action.js'
import { type ApiOptions, createApi } from './createApi.js'

const noSuchInstance = { code: 5000, message: 'no such instance' }

const apiWith = (options: Partial<ApiOptions> = {}) =>
  createApi({
    clock: () => 0,
    taskDurationMs: 0,
    rejections: {},
    failures: {},
    idFormat: 'string',
    codeFormat: 'number',
    firstTaskId: 17n,
    refuseReplays: true,
    ...options,
  })

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
  ])('%o', (parameters, body, resourceIds) => {
    const api = apiWith()
    expect(api.answer('GET', parameters)).toBe(body)
    expect(E.isRight(decodeOrdinaryTask(body))).toBe(true)
    expect(api.tasks).toEqual([{ id: '17', action: parameters.Action, resourceIds, endsAtMs: 0 }])
  })

  describe('of a private network', () => {
    const natActions = ['DeleteNatGateway', 'EipBindNatGateway', 'EipUnBindNatGateway']

    it.each(natActions)('%s hands out its id as taskId', Action => {
      const api = apiWith()
      const body = api.answer('GET', { Action, vpcId: '190', natId: 'nat-1' })
      expect(body).toBe('{"code":0,"message":"","codeDesc":"Success","taskId":"17"}')
      expect(api.tasks).toEqual([{ id: '17', action: Action, resourceIds: ['nat-1'], endsAtMs: 0 }])
    })

    it('hands out numbers, digit for digit', () => {
      const api = apiWith({ idFormat: 'number', firstTaskId: 9007199254740993n })
      expect(api.answer('GET', { Action: 'DeleteNatGateway', natId: 'nat-1' })).toContain(
        '"taskId":9007199254740993}',
      )
    })

    it('rejects as every ordinary action does', () => {
      const api = apiWith({ rejections: { 'nat-1': noSuchInstance } })
      expect(api.answer('GET', { Action: 'DeleteNatGateway', natId: 'nat-1' })).toBe(
        '{"code":5000,"message":"no such instance"}',
      )
      expect(api.answer('GET', { Action: 'DeleteNatGateway' })).toBe(invalid('natId is missing'))
    })
  })

  it('rejects a resource, and starts nothing', () => {
    const api = apiWith({ rejections: { 'ins-1': noSuchInstance } })
    const body = api.answer('GET', { Action: 'ResetInstances', instanceId: 'ins-1' })
    expect(body).toBe('{"code":5000,"message":"no such instance"}')
    expect(api.tasks).toEqual([])
  })

  it('rejects what does not exist yet by the name of its action', () => {
    const api = apiWith({ rejections: { CreateLoadBalancer: { code: 5200, message: 'sold out' } } })
    expect(api.answer('GET', { Action: 'CreateLoadBalancer' })).toBe('{"code":5200,"message":"sold out"}')
  })
})

describe('batch actions', () => {
  const batches = actions.filter(action => action._tag === 'BatchAction').map(action => action.name)
  const [first, second] = [{ 'instanceIds.0': 'ins-1' }, { 'instanceIds.1': 'ins-2' }]

  it.each(batches)('%s: all accepted', Action => {
    const api = apiWith()
    const body = api.answer('POST', { Action, ...first, ...second })
    expect(body).toBe(
      '{"code":0,"message":"success","detail":{"ins-1":{"code":0,"message":"","requestId":"17"},"ins-2":{"code":0,"message":"","requestId":"18"}}}',
    )
    expect(api.tasks.map(task => task.resourceIds)).toEqual([['ins-1'], ['ins-2']])
  })

  it.each([
    ['AllAccepted', 0, {}],
    ['PartlyAccepted', 5400, { 'ins-2': noSuchInstance }],
    ['AllRejected', 5100, { 'ins-1': noSuchInstance, 'ins-2': noSuchInstance }],
  ])('%s: the outer code is %i', (tag, code, rejections) => {
    const body = apiWith({ rejections }).answer('GET', { Action: 'StopInstances', ...first, ...second })
    expect(JSON.parse(body)).toMatchObject({ code })
    expect(decodeBatchTask(body)).toMatchObject({ right: { _tag: tag } })
  })

  it('keeps the order of the numbers, and counts a resource once', () => {
    const body = apiWith().answer('GET', {
      Action: 'StartInstances',
      'instanceIds.10': '4',
      'instanceIds.9': '30',
      'instanceIds.11': '30',
      'instanceIds.x': 'none',
      'instanceIds.12': '__proto__',
    })
    expect(body.match(/"(30|4|__proto__)":/g)).toEqual(['"30":', '"4":', '"__proto__":'])
  })

  it('asks a function for reasons', () => {
    const api = apiWith({
      rejections: (resourceId, action) =>
        action === 'StopInstances' && resourceId === 'ins-2' ? noSuchInstance : undefined,
    })
    expect(JSON.parse(api.answer('GET', { Action: 'StopInstances', ...first, ...second }))).toMatchObject({
      code: 5400,
    })
    expect(JSON.parse(api.answer('GET', { Action: 'StartInstances', ...first, ...second }))).toMatchObject({
      code: 0,
    })
  })

  it('no prototype of the reasons is asked', () => {
    const body = apiWith().answer('GET', { Action: 'StopInstances', 'instanceIds.0': 'constructor' })
    expect(JSON.parse(body)).toMatchObject({ code: 0 })
  })
})

/** The actions whose published responses have codes and states as text. */
const codesAsText = new Set(['GetFlowStatus', 'CdbTdsqlGetFlowInfo'])
const withTextCodes = (body: string) => body.replace(/"(code|status)":(-?\d+)/g, '"$1":"$2"')

describe('the state of a task', () => {
  const questions = actions.flatMap(action =>
    action._tag === 'StatusAction'
      ? action.parameters.map(parameter => [action.name, parameter] as const)
      : [],
  )

  it.each(questions)('%s by %s', (Action, parameter) => {
    let now = 1000
    const api = apiWith({
      clock: () => now,
      taskDurationMs: 50,
      failures: { 'ins-2': { code: 7, message: 'the disk is full' } },
    })
    api.answer('GET', { Action: 'StartInstances', 'instanceIds.0': 'ins-1', 'instanceIds.1': 'ins-2' })
    const asPublished = codesAsText.has(Action) ? withTextCodes : (body: string) => body
    now = 1049
    expect(api.answer('GET', { Action, [parameter]: '17' })).toBe(asPublished(state('{"status":2}')))
    now = 1050
    expect(api.answer('GET', { Action, [parameter]: '17' })).toBe(asPublished(state('{"status":0}')))
    expect(api.answer('GET', { Action, [parameter]: '18' })).toBe(
      asPublished(state('{"status":1,"output":{"code":7,"message":"the disk is full"}}')),
    )
    expect(api.answer('GET', { Action, [parameter]: '19' })).toBe(
      asPublished('{"code":5000,"message":"there is no task 19","codeDesc":"ResourceNotFound"}'),
    )
  })
})

describe('requests that are refused as a whole', () => {
  it.each([
    [{}, 'Action is missing'],
    [{ Action: 'Fly' }, 'there is no Action Fly'],
    [{ Action: 'ResetInstances' }, 'instanceId is missing'],
    [{ Action: 'ResetInstances', instanceId: '' }, 'instanceId is missing'],
    [{ Action: 'StartInstances' }, 'instanceIds.0 is missing'],
    [{ Action: 'DeleteLoadBalancers' }, 'loadBalancerIds.0 is missing'],
    [{ Action: 'CheckTaskStatus' }, 'flowId is missing'],
    [{ Action: 'QueryBmTaskResult' }, 'requestId or taskId is missing'],
  ])('%o: 4000, %s', (parameters: Record<string, string>, message) => {
    expect(apiWith().answer('GET', parameters)).toBe(invalid(message))
  })

  it('other methods than GET and POST: 4600', () => {
    expect(JSON.parse(apiWith().answer('PUT', { Action: 'CreateLoadBalancer' }))).toMatchObject({
      code: 4600,
    })
  })

  const signed = { Action: 'CreateLoadBalancer', Nonce: '1', Timestamp: '2' }

  it('a pair of Nonce and Timestamp that was used before: 4500', () => {
    const api = apiWith()
    expect(JSON.parse(api.answer('GET', signed))).toMatchObject({ code: 0 })
    expect(JSON.parse(api.answer('GET', signed))).toMatchObject({ code: 4500 })
    expect(JSON.parse(api.answer('GET', { ...signed, Timestamp: '3' }))).toMatchObject({ code: 0 })
    expect(api.tasks).toHaveLength(2)
  })

  it('… unless replays are not refused, or one of the two is missing', () => {
    const lenient = apiWith({ refuseReplays: false })
    lenient.answer('GET', signed)
    expect(JSON.parse(lenient.answer('GET', signed))).toMatchObject({ code: 0 })
    const strict = apiWith()
    const unsigned = { Action: 'CreateLoadBalancer', Nonce: '1' }
    strict.answer('GET', unsigned)
    expect(JSON.parse(strict.answer('GET', unsigned))).toMatchObject({ code: 0 })
  })
})

describe('ids', () => {
  const firstTaskId = 9007199254740993n
  const batch = { Action: 'StartInstances', 'instanceIds.0': 'ins-1' }

  it('as numbers, digit for digit', () => {
    const api = apiWith({ idFormat: 'number', firstTaskId })
    expect(api.answer('GET', { Action: 'CreateLoadBalancer' })).toContain('"requestId":9007199254740993,')
    expect(api.answer('GET', batch)).toContain('"requestId":9007199254740994}')
    expect(api.answer('GET', { Action: 'CheckTaskStatus', flowId: '9007199254740994' })).toBe(
      state('{"status":0}'),
    )
  })

  it('as strings', () => {
    const api = apiWith({ firstTaskId })
    expect(api.answer('GET', batch)).toContain('"requestId":"9007199254740993"}')
  })
})

describe('codes as text', () => {
  const api = () => apiWith({ codeFormat: 'string' })

  it('stand in the answer to an ordinary submission', () => {
    expect(api().answer('GET', { Action: 'DeleteNatGateway', natId: 'nat-1' })).toBe(
      '{"code":"0","message":"","codeDesc":"Success","taskId":"17"}',
    )
  })

  it('stand in the answer to a batch, outside and inside', () => {
    const answer = apiWith({ codeFormat: 'string', rejections: { code: noSuchInstance } }).answer('GET', {
      Action: 'StopInstances',
      'instanceIds.0': 'status',
      'instanceIds.1': 'code',
    })
    expect(answer).toBe(
      '{"code":"5400","message":"the operation failed for some resources","detail":{"status":{"code":"0","message":"","requestId":"17"},"code":{"code":"5000","message":"no such instance"}}}',
    )
  })

  it('stand in refusals', () => {
    expect(api().answer('GET', {})).toBe(
      '{"code":"4000","message":"Action is missing","codeDesc":"InvalidParameter"}',
    )
  })

  it('come with states as text', () => {
    const text = api()
    text.answer('GET', { Action: 'CreateLoadBalancer' })
    expect(text.answer('GET', { Action: 'CheckTaskStatus', flowId: '17' })).toBe(
      '{"code":"0","message":"","codeDesc":"Success","data":{"status":"0"}}',
    )
  })
})
