import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { parseJson } from '../json/parseJson.js'
import { type RecoveredTask, recoverTasks } from './RecoveredTask.js'

const recovered = (text: string): ReadonlyArray<RecoveredTask> => {
  const result = parseJson(text)
  return recoverTasks(E.isLeft(result) ? result.left.partial : result.right.value)
}

test.each<[string, object[]]>([
  ['[{"requestId":"1"}]', []],
  ['"1"', []],
  ['{"id":"1","RequestId":"2","data":{"requestId":"3"}}', []],
  ['{"data":{"a":{"requestId":"1"}},"list":[{"requestId":"2"}]}', []],
  ['{"requestId":"1","code":0}', [{ taskId: '1', code: 0 }]],
  ['{"requestId":"1","code":-0}', [{ taskId: '1', code: 0 }]],
  ['{"requestId":"1","code":"0"}', [{ taskId: '1' }]],
  ['{"requestId":"1","code":0,"code":5100}', [{ taskId: '1' }]],
  [
    '{"requestId":"2","code":0,"requestId":1}',
    [
      { taskId: '2', code: 0 },
      { taskId: '1', code: 0 },
    ],
  ],
  ['{"requestId":"17","requestId":17}', [{ taskId: '17' }]],
  ['{"requestId":"","requestId":null,"requestId":-1}', []],
  [
    '{"detail":{"a":{"requestId":1},"b":7,"a":{"requestId":2,"code":0},"a":{"requestId":1}},"requestId":"1"}',
    [{ taskId: '1', resourceId: 'a' }, { taskId: '2', resourceId: 'a', code: 0 }, { taskId: '1' }],
  ],
  [
    '{"detail":[{"requestId":"1"},7,[],{"requestId":"1","code":0}]}',
    [{ taskId: '1' }, { taskId: '1', code: 0 }],
  ],
  ['{"detail":null,"detail":{"":{"requestId":"1"}}}', [{ taskId: '1', resourceId: '' }]],
  ['{"requestId":"1","detail":{"a":{"requestId":"1"}}}', [{ taskId: '1' }, { taskId: '1', resourceId: 'a' }]],
])('of %s: every id where a format has one, in the order of the body, what is equal once', (text, tasks) => {
  expect(recovered(text)).toStrictEqual(tasks)
})

test('thirty thousand ids in one place, or under one long name, are recovered', () => {
  const ids = Array.from({ length: 30_000 }, (_, id) => `"requestId":${String(id)}`).join(',')
  expect(recovered(`{${ids}}`)).toHaveLength(30_000)
  expect(recovered(`{"detail":{"${'x'.repeat(1_000_000)}":{${ids}}}}`)).toHaveLength(30_000)
})
