import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../json/parseJson.js'
import { RecoveredTask, distinctTasks, recoverTasks } from './RecoveredTask.js'
import type { TaskId } from './TaskId.js'

const recovered = (text: string): ReadonlyArray<RecoveredTask> => {
  const result = parseJson(text)
  return E.isRight(result) ? recoverTasks(result.right.value) : expect.unreachable(text)
}

/** Id, resource, code and place in a row; `-` if absent. */
const inRows = (text: string): ReadonlyArray<string> =>
  recovered(text).map(
    ({ taskId, resourceId, code, path }) => `${taskId} ${resourceId ?? '-'} ${code ?? '-'} ${path ?? '-'}`,
  )

describe('finds an id', () => {
  test.each<[where: string, text: string, rows: string[]]>([
    ['at the top', '{"requestId":"1","code":0}', ['1 - 0 /requestId']],
    [
      'under each of its names',
      '{"requestId":1,"taskId":2,"flowId":3,"RequestId":4,"TaskId":5,"FlowId":6,"id":7,"requestID":8,"taskid":9}',
      [
        '1 - - /requestId',
        '2 - - /taskId',
        '3 - - /flowId',
        '4 - - /RequestId',
        '5 - - /TaskId',
        '6 - - /FlowId',
      ],
    ],
    [
      'in an array at the root',
      '[{"requestId":"1"},[{"taskId":"2","code":0}]]',
      ['1 - - /0/requestId', '2 - 0 /1/0/taskId'],
    ],
    ['in data', '{"code":0,"data":{"taskId":1}}', ['1 - 0 /data/taskId']],
    [
      'in an array in data',
      '{"code":0,"data":[{"taskId":1},{"taskId":2}]}',
      ['1 - 0 /data/0/taskId', '2 - 0 /data/1/taskId'],
    ],
    ['in an entry', '{"code":5400,"detail":{"a":{"requestId":1,"code":0}}}', ['1 a 0 /detail/a/requestId']],
    [
      'in the data of an entry',
      '{"detail":{"a":{"code":0,"data":{"taskId":1}}}}',
      ['1 a 0 /detail/a/data/taskId'],
    ],
    [
      'in an entry without a code',
      '{"code":0,"detail":{"a":{"requestId":1}}}',
      ['1 a - /detail/a/requestId'],
    ],
    [
      'in an array of entries',
      '{"code":0,"detail":[{"requestId":1},7,[],{"requestId":2,"code":0}]}',
      ['1 - - /detail/0/requestId', '2 - 0 /detail/3/requestId'],
    ],
    [
      'in an array of entries with names',
      '{"detail":[{"a":{"requestId":1,"code":0}}]}',
      ['1 a 0 /detail/0/a/requestId'],
    ],
    [
      'in an entry that is an array',
      '{"code":0,"detail":{"a":[{"requestId":1}]}}',
      ['1 a - /detail/a/0/requestId'],
    ],
    ['in detail itself', '{"code":0,"detail":{"requestId":1}}', ['1 - 0 /detail/requestId']],
    [
      'in the detail of an entry',
      '{"detail":{"a":{"detail":{"b":{"data":{"taskId":1}}}}}}',
      ['1 b - /detail/a/detail/b/data/taskId'],
    ],
    ['in a second detail', '{"detail":null,"detail":{"":{"requestId":"1"}}}', ['1  - /detail//requestId']],
    [
      'with the code of the nearest object',
      '{"code":0,"data":{"output":{"code":7,"taskId":1},"taskId":2}}',
      ['1 - 7 /data/output/taskId', '2 - 0 /data/taskId'],
    ],
    ['with code -0', '{"requestId":"1","code":-0}', ['1 - 0 /requestId']],
    ['with a code as text', '{"requestId":"1","code":"0"}', ['1 - 0 /requestId']],
    [
      'with a code that is not readable',
      '{"code":0,"data":{"taskId":1,"code":"00"}}',
      ['1 - - /data/taskId'],
    ],
    ['with two codes', '{"requestId":"1","code":0,"code":5100}', ['1 - - /requestId']],
    [
      'twice with different values',
      '{"requestId":"2","code":0,"requestId":1}',
      ['2 - 0 /requestId', '1 - 0 /requestId'],
    ],
  ])('%s', (_, text, rows) => {
    expect(inRows(text)).toEqual(rows)
  })
})

describe('a member name names a resource', () => {
  test.each<[rule: string, text: string, resourceId: string | undefined]>([
    ['as an entry of detail', '{"detail":{"a":{"requestId":1}}}', 'a'],
    ['as an entry of detail, whatever the name', '{"detail":{"data":{"requestId":1}}}', 'data'],
    ['as an entry of a detail within data', '{"data":{"detail":{"result":{"requestId":1}}}}', 'result'],
    ['as an object', '{"ins-1":{"taskId":1}}', 'ins-1'],
    ['as the nearest object', '{"zone":{"ins-1":{"data":{"taskId":1}}}}', 'ins-1'],
    ['not as an array', '{"instances":[{"taskId":1}]}', undefined],
    ['not as a part of a response', '{"Response":{"Data":{"result":{"TaskId":1}}}}', undefined],
    ['not as detail', '{"detail":{"requestId":1}}', undefined],
  ])('%s', (_, text, resourceId) => {
    expect(recovered(text).map(task => task.resourceId)).toEqual([resourceId])
  })
})

test.each([
  '"1"',
  '1',
  'null',
  '{}',
  '{"requestId":"","taskId":null,"flowId":-1}',
  '{"requestId":{"id":1}}',
  '["requestId","1"]',
])('finds nothing in %s', text => {
  expect(recovered(text)).toEqual([])
})

test('keeps the first path of tasks with equal id, resource and code', () => {
  expect(
    inRows(
      '{"requestId":"17","data":{"taskId":17},"detail":{"a":{"requestId":17},"b":7,"a":{"requestId":2,"code":0},"a":{"taskId":17}}}',
    ),
  ).toEqual(['17 - - /requestId', '17 a - /detail/a/requestId', '2 a 0 /detail/a/requestId'])
  const first = { taskId: '1' as TaskId, path: '/a' }
  expect(distinctTasks([first, { taskId: '1' as TaskId, path: '/b' }])).toEqual([first])
})

test('takes only the members of the outermost detail as entries', () => {
  expect(inRows('{"detail":[{"detail":{"result":{"FlowId":1}}}]}')).toEqual([
    '1 - - /detail/0/detail/result/FlowId',
  ])
})

describe('in JSON that is a string', () => {
  const encoded = (value: unknown): string => JSON.stringify(JSON.stringify(value))

  test.each([
    ['as the body', encoded({ code: 0, requestId: 17 }), ['17 - 0 /requestId']],
    ['as an array', encoded([{ taskId: 17 }]), ['17 - - /0/taskId']],
    ['in data', `{"code":0,"data":${encoded({ taskId: '991' })}}`, ['991 - 0 /data/taskId']],
    ['after white space', `{"data":${JSON.stringify(' \r\n\t{"taskId":"991"}')}}`, ['991 - - /data/taskId']],
    ['in an array', `[${encoded({ taskId: 1 })}]`, ['1 - - /0/taskId']],
    [
      'under the name of a resource',
      `{"ins-1":${encoded({ code: 5, flowId: 1 })}}`,
      ['1 ins-1 5 /ins-1/flowId'],
    ],
    ['as an array under a name', `{"list-1":${encoded([{ taskId: 1 }])}}`, ['1 - - /list-1/0/taskId']],
    ['as detail', `{"detail":${encoded({ data: { requestId: 1 } })}}`, ['1 data - /detail/data/requestId']],
    ['twice', encoded(JSON.stringify({ requestId: 17 })), ['17 - - /requestId']],
  ])('finds an id %s', (_, text, rows) => {
    expect(inRows(text)).toEqual(rows)
  })

  test.each([
    ['three times', encoded(JSON.stringify(JSON.stringify({ requestId: 17 })))],
    ['that is broken', JSON.stringify('{"requestId":17')],
    ['after other text', JSON.stringify('x {"requestId":17}')],
    ['that is a number', '{"x":"17"}'],
    ['in a message', `{"message":${encoded({ requestId: 17 })}}`],
  ])('finds nothing in JSON %s', (_, text) => {
    expect(inRows(text)).toEqual([])
  })

  test('takes it as it is under the name of an id', () => {
    expect(inRows(`{"taskId":${encoded({ taskId: 1 })}}`)).toEqual(['{"taskId":1} - - /taskId'])
  })
})

test('finds an id 512 deep', () => {
  expect(recovered(`${'['.repeat(511)}{"taskId":1}${']'.repeat(511)}`)).toHaveLength(1)
})

test('recovers 30,000 ids in one place, or under one long name', () => {
  const ids = Array.from({ length: 30_000 }, (_, id) => `"requestId":${String(id)}`).join(',')
  expect(recovered(`{${ids}}`)).toHaveLength(30_000)
  expect(recovered(`{"detail":{"${'x'.repeat(1_000_000)}":{${ids}}}}`)).toHaveLength(30_000)
})

test('a recovered task can have the code of either API', () => {
  const { is } = RecoveredTask
  expect([0, 4400, 'RequestLimitExceeded', 0.5].map(code => is({ taskId: '17', code }))).toEqual([
    true,
    true,
    true,
    false,
  ])
})
