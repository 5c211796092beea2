import {
  type AcceptedEntry,
  type BatchOutcome,
  type Json,
  type ResourceId,
  decodeBatchTask,
} from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { simulateApi, statusOf } from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { taskId } from '../../test/waiting.js'
import { waitResultOf } from '../result/waitResultOf.js'
import { reconcile } from '../submission/reconcile.js'
import { WaitResult, finishedTasks, initialWaitResult, pendingTasks } from '../result/WaitResult.js'
import { resumeWait, waitForBatch } from './waitForBatch.js'
import { waitForTask } from './waitForTask.js'
import { type WaitEvent, watchBatch } from './watchBatch.js'

const setUp = () => {
  const clock = new SimulatedClock()
  const tasks = ['1', '2'].map(id => ({ taskId: taskId(id), endsAtMs: 0, ending: 'Succeeded' as const }))
  const { query, log } = simulateApi(clock, tasks, { answerTo: () => ({ durationMs: 0 }) })
  return { clock, query, log, options: { clock, random: () => 1 } }
}

/** A result that the codec accepts and that claims nothing. */
const expectInvalid = (result: WaitResult): void => {
  expect(result).toMatchObject({ _tag: 'InvalidInput', reason: { _tag: 'Aborted', name: 'TypeError' } })
  expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
}

const never = (): never => {
  throw new RangeError('secret')
}
const hostile = new Proxy({}, { get: never, has: never, ownKeys: never, getOwnPropertyDescriptor: never })

const accepted = (resourceId: string, id: string): AcceptedEntry => ({
  _tag: 'AcceptedEntry',
  position: 0,
  resourceId: resourceId as ResourceId,
  taskId: taskId(id),
  message: '',
  codeDesc: '',
  extra: {},
})
const texts = { message: '', codeDesc: '', extra: {} }
const outcome: BatchOutcome = {
  _tag: 'AllAccepted',
  accepted: [accepted('a', '1'), accepted('b', '2')],
  ...texts,
}
const finished = (id: string, ending: 'Succeeded' | 'Failed' = 'Succeeded') => ({
  _tag: 'FinishedTask',
  taskId: taskId(id),
  resourceIds: [],
  status: statusOf(ending),
  queries: 1,
})
const pending = (id: string) => ({
  _tag: 'PendingTask',
  taskId: taskId(id),
  resourceIds: [],
  reason: { _tag: 'Waiting' },
  queries: 1,
})

const garbage: ReadonlyArray<readonly [string, unknown, string]> = [
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a number', 7, 'a number'],
  ['a string', '{"_tag":"AllFinished","finished":[]}', 'a string'],
  ['an empty object', {}, 'an object'],
  ['parsed JSON', { code: 0, data: { status: 2 } }, 'an object'],
  ['a function', () => undefined, 'a function (a Task must be run first)'],
  ['a promise', Promise.resolve([]), 'a promise (await it first)'],
  ['an Either', E.right(outcome), 'an Either (Right): take its value first'],
  ['an error in an Either', E.left({ _tag: 'NotSent' }), 'an Either (Left): take its value first'],
  ['an unknown tag', { _tag: 'Unheard' }, 'an object with _tag "Unheard"'],
  ['a tag that is a secret', { _tag: 'SecretId=AKID…' }, 'an object'],
  ['a Set', new Set(), 'an object'],
  ['an Option', { _tag: 'None' }, 'an object with _tag "None"'],
]

describe('an input that is neither an array of tasks nor an outcome results in InvalidInput', () => {
  const cases = [
    ...garbage.map(([name, value, found]) => [
      name,
      value,
      `array of tasks or a BatchOutcome, found ${found}`,
    ]),
    ['a Proxy that throws', hostile, 'expected plain data, but reading it threw RangeError'],
    ['an array that throws', new Proxy([], { get: never }), 'reading it threw RangeError'],
    ['strings', ['1', '2'], 'item 0: expected an object with a taskId, found a string'],
    ['nothing', [undefined], 'item 0: expected an object with a taskId, found undefined'],
    ['holes', new Array(2), 'item 0: expected an object with a taskId, found undefined'],
    [
      'objects without an id',
      [{ requestId: '1' }],
      'item 0: expected an object with a taskId, found an object',
    ],
    [
      'ids that are numbers',
      [{ taskId: 17 }],
      'item 0: expected a taskId that is a non-empty string, found a number',
    ],
    ['empty ids', [{ taskId: '' }], 'found an empty string'],
    [
      'resource ids that are numbers',
      [{ taskId: '1', resourceId: 7 }],
      'a resourceId that is a string, found a number',
    ],
    [
      'arrays of numbers',
      [{ taskId: '1', resourceIds: [7] }],
      'resourceIds that are an array of strings, found an array',
    ],
    [
      'a string instead of an array',
      [{ taskId: '1', resourceIds: 'a' }],
      'resourceIds that are an array of strings, found a string',
    ],
    ['an outcome without its entries', { _tag: 'AllAccepted' }, 'found an object with _tag "AllAccepted"'],
    [
      'an outcome with an empty array',
      { _tag: 'PartlyAccepted', accepted: [] },
      'found an object with _tag "PartlyAccepted"',
    ],
    [
      'a rejected outcome without its entries',
      { _tag: 'AllRejected', rejected: [] },
      'found an object with _tag "AllRejected"',
    ],
    [
      'a rejected outcome with an invalid entry',
      { _tag: 'AllRejected', rejected: [{}] },
      'found an object with _tag "AllRejected"',
    ],
    [
      'an outcome with invalid entries',
      { _tag: 'AllAccepted', accepted: [[]] },
      'item 0: expected an object with a taskId, found an empty array',
    ],
  ] as unknown as ReadonlyArray<readonly [string, unknown, string]>

  test.each(cases)('%s', async (_, value, message) => {
    const { clock, query, log, options } = setUp()
    const results = [
      await clock.run(waitForBatch(value as never, query, options)()),
      initialWaitResult(value as never),
      await clock.run(lastOf(watchBatch(value as never, query, options))),
    ]
    for (const result of results) {
      expectInvalid(result)
      expect((result as { reason: { message: string } }).reason.message).toContain(message)
    }
    expect(log).toEqual([])
  })

  test('but loses nothing: the tasks that could be read are pending', async () => {
    const { clock, query, options } = setUp()
    const result = await clock.run(
      waitForBatch([{ taskId: '1' }, 'x', { taskId: '2' }] as never, query, options)(),
    )
    expectInvalid(result)
    expect(finishedTasks(result)).toEqual([])
    expect(pendingTasks(result).map(task => task.taskId)).toEqual(['1', '2'])
    const goOn = waitForBatch(pendingTasks(result), query, options)
    expect(await clock.run(goOn())).toMatchObject({
      _tag: 'AllFinished',
      finished: [{ taskId: '1' }, { taskId: '2' }],
    })
  })
})

describe('an input of another type keeps the tasks that could be read', () => {
  const entry = accepted('a', '1')
  const submission = reconcile(['a', 'b', 'c'], E.right(outcome))
  const job = {
    ...submission,
    _tag: 'JobResult',
    resources: submission.resources.map(resource => ({ ...resource, status: statusOf('Succeeded') })),
  }
  const inDoubt = { _tag: 'ResourceInDoubt', resourceId: 'd', rejections: [], recovered: [{ taskId: '3' }] }
  const error = { _tag: 'DeliveryUnknown', recovered: [{ taskId: '1', resourceId: 'a' }, { taskId: '2' }] }
  let deep: unknown = { taskId: '1' }
  for (let depth = 0; depth < 100_000; depth++) deep = { value: deep }
  const cyclic: Record<string, unknown> = { accepted: [entry] }
  cyclic.right = cyclic

  const cases: ReadonlyArray<readonly [string, unknown, ReadonlyArray<string>]> = [
    ['a task', entry, ['1']],
    ['an Either of an outcome', E.right(outcome), ['1', '2']],
    ['an Either of a task', E.right(entry), ['1']],
    ['an Either of an array', E.right([entry]), ['1']],
    ['an Option', { _tag: 'Some', value: entry }, ['1']],
    ['an error', error, ['1', '2']],
    ['an error in an Either', E.left(error), ['1', '2']],
    ['the result of a submission', submission, ['1', '2']],
    ['a resource in doubt', { ...submission, resources: [inDoubt] }, ['3']],
    ['a job', job, ['1', '2']],
    ['what belongs to no resource', { ...submission, resources: [], unrequested: [entry] }, ['1']],
    ['an array of outcomes', [[outcome], E.right(outcome)], ['1', '2']],
    ['an outcome with an unknown tag', { ...outcome, _tag: 'SomeAccepted' }, ['1', '2']],
    ['a value that contains itself', cyclic, ['1']],
    ['a value that is nested deep', deep, ['1']],
  ]

  const idsIn = (result: WaitResult): ReadonlyArray<string> => pendingTasks(result).map(task => task.taskId)

  test.each([
    ...cases,
    [
      'a result',
      { _tag: 'SomePending', finished: [finished('1')], pending: [pending('2')] },
      ['1', '2'],
    ] as const,
  ])('%s instead of tasks', async (_, value, ids) => {
    const { clock, query, log, options } = setUp()
    const results = [
      await clock.run(waitForBatch(value as never, query, options)()),
      initialWaitResult(value as never),
      waitResultOf<Json, Json>(value as never, []),
      waitResultOf<Json, Json>([], value as never),
    ]
    for (const result of results) {
      expectInvalid(result)
      expect([...idsIn(result)].sort()).toEqual(ids)
    }
    expect(log).toEqual([])
  })

  test.each([...cases, ['an outcome', outcome, ['1', '2']] as const, ['tasks', [entry], ['1']] as const])(
    '%s instead of a result',
    async (_, value, ids) => {
      const { clock, query, log, options } = setUp()
      const result = await clock.run(resumeWait(value as never, query, options)())
      expectInvalid(result)
      expect(idsIn(result)).toEqual(ids)
      expect(log).toEqual([])
    },
  )

  test('with its resource, and even if another property can not be read', async () => {
    const { clock, query, options } = setUp()
    const broken = Object.defineProperty({ right: [entry] }, 'left', { get: never, enumerable: true })
    for (const wait of [waitForBatch, resumeWait]) {
      const result = await clock.run(wait(broken as never, query, options)())
      expect(result).toMatchObject({ _tag: 'InvalidInput', pending: [{ taskId: '1', resourceIds: ['a'] }] })
    }
  })

  test('instead of one task', async () => {
    const { clock, query, options } = setUp()
    for (const value of [[entry], E.right(entry), E.left({ recovered: [entry] })]) {
      const result = await clock.run(waitForTask(value as never, query, options)())
      expect(result).toMatchObject({
        _tag: 'PendingTask',
        taskId: '1',
        resourceIds: ['a'],
        reason: { _tag: 'Aborted', name: 'TypeError' },
      })
    }
  })
})

test('a loop over invalid input can be left like any other', async () => {
  const { query } = setUp()
  const events = watchBatch(undefined as never, query)[Symbol.asyncIterator]()
  expect(await events.next()).toMatchObject({ value: { _tag: 'WaitOver', result: { _tag: 'InvalidInput' } } })
  await events.return?.()
  expect(await events.next()).toEqual({ done: true, value: undefined })
})

const lastOf = async (events: AsyncIterable<WaitEvent>): Promise<WaitResult> => {
  let last: WaitEvent | undefined
  for await (const event of events) last = event
  if (last?._tag !== 'WaitOver') throw new Error('The loop has no result')
  return last.result
}

describe('an invalid result results in InvalidInput, never AllFinished', () => {
  const cases = [
    ...garbage.map(([name, value, found]) => [name, value, `expected a WaitResult, found ${found}`]),
    ['a Proxy that throws', hostile, 'reading it threw RangeError'],
    ['an array of tasks', [{ taskId: '1' }], 'expected a WaitResult, found an array'],
    ['an outcome', outcome, 'found an object with _tag "AllAccepted"'],
    ['no array of finished tasks', { _tag: 'AllFinished' }, 'finished: expected an array, found undefined'],
    [
      'no pending task',
      { _tag: 'SomePending', finished: [] },
      'pending: expected an array with at least one task',
    ],
    [
      'an empty array of pending tasks',
      { _tag: 'SomePending', finished: [], pending: [] },
      'with at least one task',
    ],
    [
      'pending tasks although all have finished',
      { _tag: 'AllFinished', finished: [], pending: [pending('1')] },
      'pending: expected no pending',
    ],
    [
      'pending tasks that are no array',
      { _tag: 'AllFinished', finished: [finished('1')], pending: pending('2') },
      'pending: expected no pending',
    ],
    [
      'no finished task',
      { _tag: 'AllFinished', finished: [] },
      'finished: expected an array with at least one',
    ],
    [
      'pending tasks although there is nothing to wait for',
      { _tag: 'NothingToWaitFor', rejected: [], recovered: [], pending: [pending('1')] },
      'expected a WaitResult',
    ],
    [
      'an invalid pending task',
      { _tag: 'SomePending', finished: [], pending: ['1'] },
      'pending: item 0: expected an object',
    ],
    [
      'an invalid finished task',
      { _tag: 'AllFinished', finished: ['1'] },
      'finished: item 0: expected a FinishedTask',
    ],
    [
      'a finished task in progress',
      { _tag: 'AllFinished', finished: [{ ...finished('1'), status: statusOf('InProgress') }] },
      'finished: item 0',
    ],
    [
      'a duplicate finished task',
      { _tag: 'AllFinished', finished: [finished('1'), finished('1', 'Failed')] },
      'item 1: duplicate',
    ],
    ['an invalid InvalidInput', { _tag: 'InvalidInput', finished: [] }, 'expected a WaitResult'],
  ] as unknown as ReadonlyArray<readonly [string, unknown, string]>

  test.each(cases)('%s', async (_, value, message) => {
    const { clock, query, log, options } = setUp()
    const result = await clock.run(resumeWait(value as never, query, options)())
    expectInvalid(result)
    expect((result as { reason: { message: string } }).reason.message).toContain(message)
    expect(log).toEqual([])
  })

  test('but loses nothing: what could be read is kept, even with an unknown tag', async () => {
    const { clock, query, options } = setUp()
    const tasks = [
      finished('1'),
      finished('3'),
      finished('3', 'Failed'),
      finished('3'),
      { ...finished('4'), status: 7 },
    ]
    const later = { _tag: 'FromTheFuture', finished: tasks, pending: [pending('2'), pending('1')] }
    const result = await clock.run(resumeWait(later as never, query, options)())
    expectInvalid(result)
    expect(finishedTasks(result).map(task => task.taskId)).toEqual(['1'])
    expect(pendingTasks(result).map(task => task.taskId)).toEqual(['2', '4', '3'])
    expect(await clock.run(lastOf(watchBatch(later as never, query, options)))).toEqual(result)
    expect(await clock.run(resumeWait(result, query, options)())).toBe(result)
    expect(await clock.run(lastOf(watchBatch(result, query, options)))).toBe(result)
  })
})

describe('an invalid task', () => {
  test.each([
    ...garbage
      .filter(([name]) => name !== 'an Either') // its tasks are kept
      .map(([name, value, found]) => [name, value, `with a taskId, found ${found}`] as const),
    ['a Proxy that throws', hostile, 'reading it threw RangeError'] as const,
  ])('is left pending with a message: %s', async (_, value, message) => {
    const { clock, query, log, options } = setUp()
    const result = await clock.run(waitForTask(value as never, query, options)())
    expect(result).toMatchObject({
      _tag: 'PendingTask',
      taskId: '',
      reason: { _tag: 'Aborted', name: 'TypeError' },
    })
    expect((result as { reason: { message: string } }).reason.message).toContain(message)
    expect(log).toEqual([])
  })

  test('keeps its id if that can be read', async () => {
    const { clock, query, options } = setUp()
    const task = { taskId: '1', resourceId: 7 } as never
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      _tag: 'PendingTask',
      taskId: '1',
      reason: { _tag: 'Aborted', message: 'expected a resourceId that is a string, found a number' },
    })
  })
})

describe('an outcome of a batch', () => {
  test('means its accepted entries', async () => {
    const { clock, query, options } = setUp()
    const expected = { _tag: 'AllFinished', finished: [{ resourceIds: ['a'] }, { resourceIds: ['b'] }] }
    expect(await clock.run(waitForBatch(outcome, query, options)())).toMatchObject(expected)
    expect(await clock.run(lastOf(watchBatch(outcome, query, options)))).toMatchObject(expected)
    expect(initialWaitResult(outcome)).toMatchObject({
      pending: [{ resourceIds: ['a'] }, { resourceIds: ['b'] }],
    })
  })

  const body =
    '{"code":5100,"requestId":"7","detail":{"a":{"code":5100,"data":{"taskId":8}},"b":{"code":4400}}}'
  const rejected = (decodeBatchTask(body) as E.Right<BatchOutcome>).right
  const ids = [{ taskId: '8', resourceId: 'a', code: 5100 }, { taskId: '7' }]

  test.each<[string, BatchOutcome | ReadonlyArray<never>, object]>([
    ['that was rejected as a whole', rejected, { ...rejected, recovered: ids }],
    ['without a task', [], { rejected: [], recovered: [] }],
  ])('%s leaves nothing to wait for, which is no success', async (_, tasks, expected) => {
    const { clock, query, log, options } = setUp()
    const { rejected: entries, recovered } = expected as Record<string, unknown>
    const results = [
      await clock.run(waitForBatch(tasks, query, options)()),
      await clock.run(lastOf(watchBatch(tasks, query, options))),
      initialWaitResult(tasks),
    ]
    for (const result of results) {
      expect(result).toMatchObject({ _tag: 'NothingToWaitFor', rejected: entries, recovered })
      expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
      expect(await clock.run(resumeWait(result, query, options)())).toBe(result)
      expect(await clock.run(lastOf(watchBatch(result, query, options)))).toBe(result)
    }
    expect(log).toEqual([])
  })

  test('keeps an id in a codeDesc that is JSON', () => {
    const body =
      '{"code":5100,"codeDesc":"{\\"taskId\\":7}","detail":{"a":{"code":5100,"codeDesc":"{\\"taskId\\":8}"},"b":{"code":5100,"codeDesc":"{taskId: 9}"}}}'
    const outcome = (decodeBatchTask(body) as E.Right<BatchOutcome>).right
    expect(initialWaitResult(outcome)).toMatchObject({
      _tag: 'NothingToWaitFor',
      recovered: [{ taskId: '8', resourceId: 'a', code: 5100 }, { taskId: '7' }],
    })
  })

  test('keeps the id of a rejection once', () => {
    const twice = '{"code":5100,"tasks":{"a":{"taskId":"8"}},"detail":{"a":{"code":5100,"requestId":"8"}}}'
    const outcome = (decodeBatchTask(twice) as E.Right<BatchOutcome>).right
    expect(initialWaitResult(outcome)).toMatchObject({ recovered: [{ taskId: '8', resourceId: 'a' }] })
  })
})

test('null counts as absent, and an invalid count as 0', async () => {
  const { clock, query, options } = setUp()
  const row = { taskId: '1', resourceId: null, resourceIds: null, queries: null }
  for (const queries of [null, -1, 0.5, NaN, '7'])
    expect(await clock.run(waitForBatch([{ ...row, queries }] as never, query, options)())).toMatchObject({
      _tag: 'AllFinished',
      finished: [{ resourceIds: [], queries: 1 }],
    })
})

describe('invalid options leave the tasks pending', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'options must be an object, found null'],
    ['a number', 5000, 'options must be an object, found a number'],
    ['an invalid pollPolicy', { pollPolicy: 1000 }, 'pollPolicy must be a function, found a number'],
    ['an invalid failurePolicy', { failurePolicy: null }, 'failurePolicy must be a function, found null'],
    ['an invalid callback', { onFinish: 'log' }, 'onFinish must be a function, found a string'],
    [
      'earlier durations that are no array',
      { earlierDurationsMs: 60 },
      'earlierDurationsMs must be an array, found a number',
    ],
    [
      'an earlier duration that is negative',
      { earlierDurationsMs: [1, -1] },
      'earlierDurationsMs[1] must be a number of at least 0',
    ],
    [
      'an earlier duration without end',
      { earlierDurationsMs: [Infinity] },
      'earlierDurationsMs[0] must be a number of at least 0',
    ],
    ['an invalid source of randomness', { random: 0.5 }, 'random must be a function, found a number'],
    [
      'a getter that throws',
      {
        get timeoutMs() {
          return never()
        },
      },
      'secret',
    ],
  ])('%s', async (_, options, message) => {
    const { query, log } = setUp()
    const tasks = [{ taskId: taskId('1') }]
    const reason = { _tag: 'Aborted', message }
    const all = [
      await waitForBatch(tasks, query, options as never)(),
      await resumeWait(initialWaitResult(tasks), query, options as never)(),
    ]
    for (const result of all)
      expect(result).toMatchObject({ _tag: 'SomePending', pending: [{ taskId: '1', reason }] })
    expect(log).toEqual([])
  })
})
