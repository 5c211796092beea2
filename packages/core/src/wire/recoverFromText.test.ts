import { describe, expect, test } from 'vitest'
import { decodeOrdinaryTask } from '../decode/decodeOrdinaryTask.js'
import { recoverFromBody } from '../decode/recovered.js'
import { recoverFromText } from './recoverFromText.js'

const ids = (text: string): ReadonlyArray<string> => recoverFromText(text).map(({ taskId }) => taskId)

test('an id in an object has a resource, a code and a path; an id that is found by its name has none', () => {
  expect(recoverFromText('x {"detail":{"a":{"code":0,"requestId":1}}} "taskId":2, "requestId":1')).toEqual([
    { taskId: '1', resourceId: 'a', code: 0, path: '/detail/a/requestId' },
    { taskId: '2' },
  ])
})

test('finds ids that are nested deeper than 512, without a path', () => {
  const deep = `{"code":0,"requestId":1,"x":${'['.repeat(512)}{"taskId":"2"}${']'.repeat(512)}}`
  expect(recoverFromBody(deep)).toEqual([{ taskId: '1', code: 0, path: '/requestId' }, { taskId: '2' }])
  expect(decodeOrdinaryTask(deep)).toMatchObject({ left: { recovered: [{ taskId: '1' }, { taskId: '2' }] } })
})

test('equal duplicates of a code count once', () => {
  expect(recoverFromText('{"code":0,"code":0,"requestId":1,}')).toEqual([
    { taskId: '1', code: 0, path: '/requestId' },
  ])
})

describe('finds the ids that follow their names', () => {
  test.each([
    ['"requestId":"17"', ['17']],
    ['"requestId" \r\n\t: 17 ', ['17']],
    ['"FlowId":17,"TaskId":18,"RequestId":19,"flowId":"20","taskId":21}', ['17', '18', '19', '20', '21']],
    ['"requestId":9007199254740993123;', []],
    ['"requestId":9007199254740993123]', ['9007199254740993123']],
    ['"requestId":"\\u0031\\n"', ['1\n']],
    ['"requestId":"taskId":"5"', ['taskId', '5']],
    ['"requestId":"1" "requestId":"1"', ['1']],
  ])('%s', (text, found) => {
    expect(ids(text)).toEqual(found)
  })
})

test.each([
  '"requestId":17',
  '"requestId":"17',
  '"requestId":1e3,',
  '"requestId":-1,',
  '"requestId":null,',
  '"requestId":"",',
  '"requestId":[17],',
  '"requestId"17,',
  'requestId:17,',
  '"\\"requestId":17,',
  '"requestId":"1\n7"',
  '"requestId":"1\\x"',
])('finds none in %s', text => {
  expect(ids(text)).toEqual([])
})

test.each([
  ['names', '"requestId":'.repeat(300_000)],
  ['names and opening quotation marks', '"requestId":"'.repeat(300_000)],
  ['names and white space', `"requestId"${' '.repeat(1_000_000)}`.repeat(3)],
  ['opening braces and names', '{"requestId":{'.repeat(300_000)],
  ['escaped quotation marks', `"requestId":"${'\\"requestId\\":\\"'.repeat(200_000)}`],
  ['digits', `"requestId":${'1'.repeat(3_000_000)}`],
  ['brackets of two kinds', '[{'.repeat(300_000) + ']'.repeat(300_000) + '}'.repeat(300_000)],
])('reads three million characters in linear time: %s', { timeout: 20_000 }, (_, text) => {
  expect(ids(text).length).toBeLessThan(2)
})
