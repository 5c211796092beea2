import { expect, test } from 'vitest'
import { TaskRef } from './TaskRef.js'

test.each<[string, object]>([
  ['a task id', { taskId: '17' }],
  ['its resource', { taskId: '17', resourceId: 'ins-1' }],
  ['its resources and its queries', { taskId: '17', resourceIds: ['ins-1', ''], queries: 3 }],
  [
    'the members of an accepted task',
    { _tag: 'AcceptedTask', taskId: '17', message: '', codeDesc: '', extra: {} },
  ],
])('the codec of a task accepts %s', (_, task) => {
  expect(TaskRef.is(task)).toBe(true)
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no id', {}],
  ['an empty id', { taskId: '' }],
  ['an id that is a number', { taskId: 17 }],
  ['a resource that is null', { taskId: '17', resourceId: null }],
  ['resources that are not an array', { taskId: '17', resourceIds: 'ins-1' }],
  ['a negative number of queries', { taskId: '17', queries: -1 }],
])('the codec of a task rejects %s', (_, task) => {
  expect(TaskRef.is(task)).toBe(false)
})
