import { expect, test } from 'vitest'
import { recoverFromBody } from './recovered.js'

test.each([
  ['whole', '{"code":0,"requestId":"9","detail":{"a":{"code":0,"requestId":"1"}}}'],
  [
    'cut off',
    '{"code":0,"requestId":"9","detail":{"a":{"code":0,"requestId":"1"},"b":{"code":0,"requestId":"2',
  ],
])('the ids of a body that is %s', (_, body) => {
  const tasks = [
    { taskId: '9', code: 0, path: '/requestId' },
    { taskId: '1', resourceId: 'a', code: 0, path: '/detail/a/requestId' },
  ]
  expect(recoverFromBody(body)).toEqual(tasks)
  expect(recoverFromBody(new TextEncoder().encode(body))).toEqual(tasks)
})
