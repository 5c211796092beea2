import { Json, type ResourceId, type TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { noSuchTask, statusOf } from '../../test/SimulatedApi.js'
import { progressOf, showProgress } from './WaitProgress.js'
import { EndedTask, OpenTask, WaitResult, allOpen, openTasks, waitResult } from './WaitResult.js'

const ended = (id: string, ending: 'Succeeded' | 'Failed'): unknown => ({
  _tag: 'EndedTask',
  taskId: id,
  resourceIds: ['ins-1'],
  status: { ...statusOf(ending), data: { imageId: 'img-1' } },
  queries: 3,
})
const open = (reason: unknown): unknown => ({
  _tag: 'OpenTask',
  taskId: '9',
  resourceIds: [],
  reason,
  queries: 2,
})
const some = {
  _tag: 'SomeOpen',
  ended: [ended('1', 'Succeeded'), ended('2', 'Failed'), ended('3', 'Failed')],
  open: [open({ _tag: 'Waiting' })],
}

describe('through JSON', () => {
  test.each([
    { _tag: 'Waiting' },
    { _tag: 'TimedOut', timeoutMs: 5 },
    { _tag: 'Aborted', name: 'Error', message: '' },
    { _tag: 'PolicyGaveUp' },
    { _tag: 'QueryFailed', error: noSuchTask },
  ])('a result with a task that is open for the reason $_tag stays what it is', reason => {
    const result = { ...some, open: [open(reason)] }
    expect(WaitResult.is(result)).toBe(true)
    expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
    expect(OpenTask.is(open(reason))).toBe(true)
  })

  test.each<[string, unknown]>([
    ['no open task in a result that has some', { ...some, open: [] }],
    [
      'a task that has ended in progress',
      { ...some, ended: [{ ...(ended('1', 'Failed') as object), status: statusOf('InProgress') }] },
    ],
    ['no task id', { _tag: 'AllEnded', ended: [ended('', 'Failed')] }],
    ['an unknown reason', { ...some, open: [open({ _tag: 'Bored' })] }],
    [
      'an error of a submission',
      { ...some, open: [open({ _tag: 'QueryFailed', error: { ...noSuchTask, asked: undefined } })] },
    ],
    [
      'a task that stands in it twice',
      { _tag: 'AllEnded', ended: [ended('1', 'Failed'), ended('1', 'Failed')] },
    ],
    ['a task that has ended and is open', { ...some, ended: [ended('9', 'Failed')] }],
    ['half a query', { ...some, open: [{ ...(open({ _tag: 'Waiting' }) as object), queries: 0.5 }] }],
    ['less than no query', { ...some, open: [{ ...(open({ _tag: 'Waiting' }) as object), queries: -1 }] }],
    ['nothing', undefined],
  ])('not a result: %s', (_, value) => {
    expect(WaitResult.decode(value)).toMatchObject({ _tag: 'Left' })
  })

  test('codecs for output and data', () => {
    const codec = waitResult({ output: Json, data: t.type({ imageId: t.string }) })
    expect(codec.is(some)).toBe(true)
    expect(waitResult({ output: Json, data: t.number }).is(some)).toBe(false)
    expect(EndedTask.is(ended('1', 'Failed'))).toBe(true)
  })
})

test('in numbers', () => {
  const result = some as unknown as WaitResult
  expect(progressOf(result)).toEqual({ succeeded: 1, failed: 2, open: 1, queries: 11 })
  expect(openTasks({ _tag: 'AllEnded', ended: [] })).toEqual([])
  expect(showProgress(progressOf(result))).toBe('1 succeeded, 2 failed, 1 open, 11 queries')
  expect(showProgress({ succeeded: 1, failed: 0, open: 0, queries: 1 })).toBe(
    '1 succeeded, 0 failed, 0 open, 1 query',
  )
})

test('before the first look all tasks are open', () => {
  const tasks = [
    { taskId: '1' as TaskId, resourceId: 'a' as ResourceId },
    { taskId: '2' as TaskId },
    { taskId: '1' as TaskId, resourceId: 'b' as ResourceId },
  ]
  const reason = { _tag: 'Waiting' }
  expect(allOpen(tasks)).toEqual({
    _tag: 'SomeOpen',
    ended: [],
    open: [
      { _tag: 'OpenTask', taskId: '1', resourceIds: ['a', 'b'], reason, queries: 0 },
      { _tag: 'OpenTask', taskId: '2', resourceIds: [], reason, queries: 0 },
    ],
  })
  expect(allOpen([])).toEqual({ _tag: 'AllEnded', ended: [] })
})
