import { type HttpResponse, QueryError, TaskStatus } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { QueryAction } from '../actions/Service.js'
import { type QueriedTask, decodeV3Status, decodeV3Statuses } from './decodeV3Status.js'

/** As `DescribeTaskStatus` of clb. */
const flat: QueryAction = {
  parameter: 'TaskId',
  parameterType: 'string',
  state: ['Status'],
  succeeded: ['0'],
  failed: ['1'],
  inProgress: ['2'],
  output: ['Message'],
}

/** As `DescribeTaskStatus` of ckafka. */
const nested: QueryAction = { ...flat, state: ['Result', 'Status'], output: ['Result', 'Output'] }

/** As `DescribeAsyncRequestInfo` of ssm: the same values mean something else. */
const otherValues: QueryAction = {
  ...flat,
  state: ['TaskStatus'],
  succeeded: ['1'],
  failed: ['2'],
  inProgress: ['0'],
}

/** As `DescribeAsyncJobs` of alb. */
const jobs: QueryAction = {
  parameter: 'RequestIds',
  parameterType: 'stringArray',
  list: { path: ['Jobs'], idMember: 'RequestId' },
  state: ['Status'],
  succeeded: ['Succeeded'],
  failed: ['Failed'],
  inProgress: ['Processing'],
  maxTasksPerQuery: 20,
}

/** As `DescribeInstances` of cvm. */
const instances: QueryAction = {
  parameter: 'InstanceIds',
  parameterType: 'stringArray',
  list: { path: ['InstanceSet'], idMember: 'InstanceId', requestIdMember: 'LatestOperationRequestId' },
  state: ['LatestOperationState'],
  succeeded: ['SUCCESS'],
  failed: ['FAILED'],
  inProgress: ['OPERATING'],
  output: ['LatestOperationErrorMsg'],
  maxTasksPerQuery: 100,
}

const answer = (members: string): string => `{"Response":{${members}}}`
const task: QueriedTask = { taskId: 't-1' }

const status = (action: QueryAction, body: string, httpStatus = 200, of = task): unknown =>
  decodeV3Status(action, of)({ status: httpStatus, body })

const state = (tag: TaskStatus['_tag'], more: object = {}): unknown => ({
  _tag: tag,
  message: '',
  codeDesc: '',
  statusExtra: {},
  extra: {},
  ...more,
})

describe('the values of a state are those of the action, compared as text', () => {
  test.each<[QueryAction, string, TaskStatus['_tag']]>([
    [flat, '"Status":0', 'Succeeded'],
    [flat, '"Status":1', 'Failed'],
    [flat, '"Status":2', 'InProgress'],
    [flat, '"Status":"0"', 'Succeeded'],
    [otherValues, '"TaskStatus":1', 'Succeeded'],
    [otherValues, '"TaskStatus":2', 'Failed'],
    [otherValues, '"TaskStatus":0', 'InProgress'],
    [{ ...flat, failed: ['-1'] }, '"Status":-1', 'Failed'],
    [{ ...flat, succeeded: ['2', '3'], inProgress: [] }, '"Status":3', 'Succeeded'],
  ])('%#: %s', (action, members, tag) => {
    expect(status(action, answer(members))).toEqual(E.right(state(tag)))
  })

  test.each([
    ['null', 'null'],
    ['3', '3'],
    ['0.0', '0.0'],
    ['-0', '-0'],
    ['"00"', '"00"'],
    ['" 0"', '" 0"'],
    ['true', 'true'],
    ['{}', 'an object'],
    ['[0]', 'an array (1 item)'],
  ])('%s is an issue, never a guess', (value, found) => {
    expect(status(flat, answer(`"Status":${value}`))).toEqual(
      E.left({
        _tag: 'ShapeError',
        operation: 'query',
        issues: [
          { _tag: 'ShapeIssue', path: '/Response/Status', expected: 'one of the states 0, 1, 2', found },
        ],
        alsoFound: [],
        recovered: [],
      }),
    )
  })

  test('a missing state is an issue', () => {
    expect(status(flat, answer(''))).toMatchObject({
      left: { issues: [{ path: '/Response/Status', found: 'nothing' }] },
    })
    expect(status(nested, answer('"Result":null'))).toMatchObject({
      left: { issues: [{ path: '/Response/Result/Status', found: 'nothing' }] },
    })
    expect(status(nested, answer('"Result":5'))).toMatchObject({
      left: { issues: [{ path: '/Response/Result', expected: 'an object', found: '5' }, {}] },
    })
  })

  test('of a value that is listed twice, the most careful meaning counts', () => {
    const careless = { ...flat, succeeded: ['0', '1', '2'], failed: ['1', '2'] }
    expect(status(careless, answer('"Status":1'))).toEqual(E.right(state('Failed')))
    expect(status(careless, answer('"Status":2'))).toEqual(E.right(state('InProgress')))
  })
})

test.each(['"Error":{"Code":"InternalError"}', '"code":4000'])(
  'no task has a state if the response has a failure beside Response: %s',
  member => {
    const path = `/${/\w+/.exec(member)![0]}`
    const left = { _tag: 'ShapeError', operation: 'query', issues: [{ path }] }
    expect(
      decodeV3Status(flat, { taskId: 't' })({ status: 200, body: `{${member},"Response":{"Status":0}}` }),
    ).toMatchObject({ left })
    const item = '{"InstanceId":"i","LatestOperationRequestId":"r","LatestOperationState":"SUCCESS"}'
    expect(
      decodeV3Statuses(instances, [{ taskId: 'r', resourceId: 'i' }])({
        status: 200,
        body: `{${member},"Response":{"InstanceSet":[${item}]}}`,
      }),
    ).toMatchObject({ left })
  },
)

describe('a state keeps what the response says beside it', () => {
  test('in the response', () => {
    expect(
      status(flat, answer('"Status":1,"Message":"no IP","LoadBalancerIds":["lb-1"],"RequestId":"r-9"')),
    ).toEqual(
      E.right(state('Failed', { output: 'no IP', extra: { LoadBalancerIds: ['lb-1'], RequestId: 'r-9' } })),
    )
  })

  test('beside a nested state', () => {
    expect(status(nested, '{"Response":{"Result":{"Status":0,"Output":{"a":1},"B":2}},"C":3}')).toEqual(
      E.right(state('Succeeded', { output: { a: 1 }, extra: { Result: { B: 2 }, C: 3 } })),
    )
  })

  test('and an output that is null is none', () => {
    expect(status(flat, answer('"Status":0,"Message":null'))).toEqual(E.right(state('Succeeded')))
  })

  test('and a state without an output in the action has none', () => {
    const { output: _, ...action } = flat
    expect(status(action, answer('"Status":0,"Message":"ok"'))).toEqual(
      E.right(state('Succeeded', { extra: { Message: 'ok' } })),
    )
  })
})

describe('a query that failed says nothing about the task', () => {
  test.each([200, 503])('an Error is a QueryRejected without a task, under HTTP %s', httpStatus => {
    const body = answer('"Error":{"Code":"RequestLimitExceeded","Message":"slow"},"RequestId":"r-9"')
    expect(status(flat, body, httpStatus)).toEqual(
      E.left({
        _tag: 'QueryRejected',
        operation: 'query',
        code: 'RequestLimitExceeded',
        meaning: 'too many requests',
        advice: 'later',
        message: 'slow',
        codeDesc: '',
        recovered: [],
        ...(httpStatus === 200 ? {} : { httpStatus }),
      }),
    )
  })

  test('a state under a status that is not 2xx is a ContractViolation', () => {
    expect(status(flat, answer('"Status":0,"TaskId":"t-1","RequestId":"r-9"'), 500)).toMatchObject({
      left: {
        _tag: 'ContractViolation',
        operation: 'query',
        issues: [{ _tag: 'StatusMismatch', httpStatus: 500 }],
        recovered: [{ taskId: 't-1' }],
      },
    })
  })

  test.each<[string, string, number, object]>([
    ['HTML under 502', '<html>', 502, { _tag: 'HttpStatusError', httpStatus: 502, recovered: [] }],
    [
      'a value under 502',
      answer('"Status":9,"RequestId":"r-9"'),
      502,
      { _tag: 'HttpStatusError', recovered: [] },
    ],
    ['cut JSON', '{"Response":{"Status":0,"RequestId":"r-9",', 200, { _tag: 'MalformedJson', recovered: [] }],
    [
      'no Response',
      '{"code":0,"data":{"status":0}}',
      200,
      { _tag: 'ShapeError', issues: [{ path: '/Response' }] },
    ],
    [
      'two states',
      answer('"Status":0,"Status":1'),
      200,
      { _tag: 'ContractViolation', issues: [{ path: '/Response/Status' }] },
    ],
    [
      'two outputs',
      answer('"Status":0,"Message":1,"Message":2'),
      200,
      { _tag: 'ContractViolation', issues: [{ path: '/Response/Message' }] },
    ],
    [
      'an Error without a Code',
      answer('"Error":{},"Status":0'),
      200,
      { _tag: 'ShapeError', issues: [{ path: '/Response/Error/Code' }] },
    ],
  ])('%s', (_, body, httpStatus, error) => {
    expect(status(flat, body, httpStatus)).toMatchObject({ left: { operation: 'query', ...error } })
  })
})

describe('one response tells the states of many tasks, in the order in which they were asked for', () => {
  const tasks = ['a', 'b', 'c'].map(taskId => ({ taskId }))
  const statuses = (list: string, of: ReadonlyArray<QueriedTask> = tasks, action = jobs): unknown =>
    decodeV3Statuses(
      action,
      of,
    )({ status: 200, body: answer(`"Jobs":${list},"RequestId":"r-9","NextToken":""`) })
  const extra = { RequestId: 'r-9', NextToken: '' }

  test('each with the other members of its item and of the response', () => {
    const list =
      '[{"RequestId":"c","Status":"Failed"},{"RequestId":"a","Status":"Succeeded","ResourceIds":["lb-1"]},{"RequestId":"b","Status":"Processing"},{"RequestId":"x","Status":"Odd"}]'
    expect(statuses(list)).toEqual(
      E.right([
        E.right(state('Succeeded', { statusExtra: { RequestId: 'a', ResourceIds: ['lb-1'] }, extra })),
        E.right(state('InProgress', { statusExtra: { RequestId: 'b' }, extra })),
        E.right(state('Failed', { statusExtra: { RequestId: 'c' }, extra })),
      ]),
    )
  })

  test.each(['[]', 'null'])('a task that %s leaves out has no state, and is never failed', list => {
    expect(statuses(list)).toEqual(E.right([undefined, undefined, undefined]))
  })

  test('an unreadable state says nothing about the other tasks', () => {
    const list = '[{"RequestId":"a","Status":null},{"RequestId":"b","Status":"Succeeded"}]'
    expect(statuses(list)).toMatchObject({
      right: [
        {
          left: {
            _tag: 'ShapeError',
            operation: 'query',
            issues: [{ path: '/Response/Jobs/0/Status', found: 'null' }],
          },
        },
        { right: { _tag: 'Succeeded' } },
        undefined,
      ],
    })
  })

  test.each([
    ['5', '/Response/Jobs/0', '5'],
    ['{"Status":"Failed"}', '/Response/Jobs/0/RequestId', 'nothing'],
    ['{"RequestId":{},"Status":"Failed"}', '/Response/Jobs/0/RequestId', 'an object'],
  ])('the item %s can be any task that is missing', (item, path, found) => {
    expect(statuses(`[${item},{"RequestId":"b","Status":"Succeeded"}]`)).toMatchObject({
      right: [
        { left: { _tag: 'ShapeError', issues: [{ path, found }] } },
        { right: { _tag: 'Succeeded' } },
        { left: { _tag: 'ShapeError' } },
      ],
    })
  })

  test('equal items count once', () => {
    const item = '{"RequestId":"a","Status":"Failed"}'
    expect(statuses(`[${item},${item}]`)).toMatchObject({
      right: [{ right: { _tag: 'Failed' } }, undefined, undefined],
    })
  })

  test('items that tell different things of one task contradict each other', () => {
    const list = '[{"RequestId":"a","Status":"Failed"},{"RequestId":"a","Status":"Succeeded"}]'
    expect(statuses(list)).toMatchObject({
      right: [
        {
          left: {
            _tag: 'ContractViolation',
            operation: 'query',
            issues: [
              {
                _tag: 'DuplicateMember',
                path: '/Response/Jobs/1',
                values: [
                  { RequestId: 'a', Status: 'Failed' },
                  { RequestId: 'a', Status: 'Succeeded' },
                ],
              },
            ],
          },
        },
        undefined,
        undefined,
      ],
    })
  })

  test('an id that is a number is compared by its digits', () => {
    const action = { ...jobs, list: { path: ['Jobs'], idMember: 'TaskId' } }
    const list = '[{"TaskId":9007199254740993123,"Status":"Succeeded"}]'
    expect(
      statuses(list, [{ taskId: '9007199254740993123' }, { taskId: '9007199254740993000' }], action),
    ).toMatchObject({
      right: [{ right: { _tag: 'Succeeded', statusExtra: { TaskId: '9007199254740993123' } } }, undefined],
    })
  })

  test.each([
    ['an object', '{}', '/Response/Jobs'],
    ['text', '"a"', '/Response/Jobs'],
  ])('an array that is %s fails for all', (_, list, path) => {
    expect(statuses(list)).toMatchObject({
      left: { _tag: 'ShapeError', issues: [{ path, expected: 'an array' }] },
    })
  })

  test('an issue outside the array fails for all', () => {
    const body = answer('"RequestId":{},"Jobs":[{"RequestId":"a","Status":"Failed"}]')
    expect(decodeV3Statuses(jobs, tasks)({ status: 200, body })).toMatchObject({
      left: { _tag: 'ShapeError', issues: [{ path: '/Response/RequestId' }] },
    })
  })

  test('nothing on the way to the array is no task, and something else fails for all', () => {
    const action = { ...jobs, list: { path: ['Data', 'Jobs'], idMember: 'RequestId' } }
    const decode = (data: string): unknown =>
      decodeV3Statuses(action, [task])({ status: 200, body: answer(`"Data":${data}`) })
    expect(decode('null')).toEqual(E.right([undefined]))
    expect(decode('5')).toMatchObject({ left: { issues: [{ path: '/Response/Data' }] } })
    expect(decode('{"Jobs":[],"Jobs":[1]}')).toMatchObject({ left: { _tag: 'ContractViolation' } })
  })

  test('a query for one task takes its state, its error, or that it is in progress', () => {
    const one = (list: string): unknown => status(jobs, answer(`"Jobs":${list}`))
    expect(one('[{"RequestId":"t-1","Status":"Failed"}]')).toMatchObject({ right: { _tag: 'Failed' } })
    expect(one('[{"RequestId":"t-1","Status":"Odd"}]')).toMatchObject({ left: { _tag: 'ShapeError' } })
    expect(one('[]')).toEqual(E.right(state('InProgress')))
    expect(one('5')).toMatchObject({ left: { _tag: 'ShapeError' } })
  })

  test('a response about one task is none to a query for several, or for none', () => {
    const decode = (of: ReadonlyArray<QueriedTask>): unknown =>
      decodeV3Statuses(flat, of)({ status: 200, body: answer('"Status":0') })
    expect(decode([task])).toMatchObject({ right: [{ right: { _tag: 'Succeeded' } }] })
    expect(decode(tasks)).toMatchObject({
      left: { issues: [{ expected: 'the states of 3 tasks', found: 'the state of one task' }] },
    })
    expect(decode([])).toMatchObject({ left: { _tag: 'ShapeError' } })
  })

  test('the transport describes each error', () => {
    const request = { method: 'POST', origin: 'https://alb.tencentcloudapi.com', path: '/' }
    const describeError: NonNullable<HttpResponse['describeError']> = error => ({ ...error, request })
    const body = answer('"Jobs":[{"RequestId":"t-1","Status":null}]')
    expect(status(jobs, body)).not.toHaveProperty('left.request')
    expect(decodeV3Status(jobs, task)({ status: 200, body, describeError })).toMatchObject({
      left: { request },
    })
    expect(decodeV3Status(jobs, task)({ status: 200, body: '', describeError })).toMatchObject({
      left: { request },
    })
  })
})

describe('a request id and a resource together name a task', () => {
  const item = (id: string, requestId: string, operation: string): string =>
    `{"InstanceId":"${id}","LatestOperationRequestId":${requestId},"LatestOperationState":${operation},"LatestOperationErrorMsg":null}`
  const statuses = (items: ReadonlyArray<string>, tasks: ReadonlyArray<QueriedTask>): unknown =>
    decodeV3Statuses(
      instances,
      tasks,
    )({ status: 200, body: answer(`"TotalCount":2,"InstanceSet":[${items.join()}]`) })
  const both = ['ins-1', 'ins-2'].map(resourceId => ({ taskId: 'r-1', resourceId }))

  test('each resource has a state of its own', () => {
    expect(
      statuses([item('ins-2', '"r-1"', '"FAILED"'), item('ins-1', '"r-1"', '"OPERATING"')], both),
    ).toMatchObject({
      right: [{ right: { _tag: 'InProgress' } }, { right: { _tag: 'Failed' } }],
    })
  })

  test.each([
    ['of a later request', '"r-2"'],
    ['of no request', 'null'],
    ['of a request that can’t be read', '{}'],
  ])('the state %s is not that of the task', (_, requestId) => {
    expect(statuses([item('ins-1', requestId, '"SUCCESS"')], both)).toEqual(E.right([undefined, undefined]))
  })

  test('a state that is null is an issue of that resource alone', () => {
    expect(
      statuses([item('ins-1', '"r-1"', 'null'), item('ins-2', '"r-1"', '"SUCCESS"')], both),
    ).toMatchObject({
      right: [{ left: { _tag: 'ShapeError' } }, { right: { _tag: 'Succeeded', extra: { TotalCount: 2 } } }],
    })
  })

  test.each([1, 2])('without its resource a task has no state, although %i resources have its id', count => {
    const items = [item('ins-1', '"r-1"', '"SUCCESS"'), item('ins-2', '"r-1"', '"OPERATING"')]
    expect(statuses(items.slice(0, count), [{ taskId: 'r-1' }])).toMatchObject({
      right: [{ left: { _tag: 'ShapeError', issues: [{ path: '/Response/InstanceSet' }] } }],
    })
  })
})

describe('an Error that the action describes as the reason of a failure', () => {
  /** As `GetSplitDocumentResult` of lkeap. */
  const withError: QueryAction = {
    ...flat,
    succeeded: ['Success'],
    failed: ['Failed'],
    inProgress: ['Pause'],
    output: ['Error', 'Message'],
  }
  const error = '"Error":{"Code":"FailedOperation.Parse","Message":"no page"}'

  test('is the output of a failed task', () => {
    expect(status(withError, answer(`"Status":"Failed",${error},"RequestId":"r"`))).toMatchObject({
      right: { _tag: 'Failed', output: 'no page', extra: { Error: { Code: 'FailedOperation.Parse' } } },
    })
  })

  test.each([
    ['without a state', error],
    ['with a state that is no failure', `"Status":"Success",${error}`],
    ['with an unknown state', `"Status":"Odd",${error}`],
  ])('refuses the query %s', (_, members) => {
    expect(status(withError, answer(members))).toMatchObject({ left: { _tag: 'QueryRejected' } })
  })

  test('refuses the query if the action does not say so', () => {
    expect(status({ ...withError, output: ['Message'] }, answer(`"Status":"Failed",${error}`))).toMatchObject(
      { left: { _tag: 'QueryRejected' } },
    )
  })
})

test('states and errors are read back by their codecs', () => {
  const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
  const list =
    '[{"RequestId":"a","Status":"Failed"},{"RequestId":"b","Status":0},{"RequestId":"c"},{"RequestId":"c","D":1}]'
  const result = decodeV3Statuses(jobs, [{ taskId: 'a' }, { taskId: 'b' }, { taskId: 'c' }])({
    status: 200,
    body: answer(`"Jobs":${list}`),
  })
  expect(result).toMatchObject({ right: [{ _tag: 'Right' }, { _tag: 'Left' }, { _tag: 'Left' }] })
  for (const one of E.isRight(result) ? result.right : [])
    if (one !== undefined)
      expect(E.isRight(one) ? TaskStatus.decode(copy(one.right)) : QueryError.decode(copy(one.left))).toEqual(
        E.right(E.isRight(one) ? one.right : one.left),
      )
})
