import type { AcceptedEntry, BatchOutcome, ResourceId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { simulateApi, statusOf } from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { taskId } from '../../test/waiting.js'
import { WaitResult, allOpen, openTasks } from '../result/WaitResult.js'
import { resume, waitForBatch } from './waitForBatch.js'
import { waitForTask } from './waitForTask.js'
import { type WaitEvent, watchBatch } from './watchBatch.js'

const setUp = () => {
  const clock = new SimulatedClock()
  const tasks = ['1', '2'].map(id => ({ taskId: taskId(id), endsAtMs: 0, ending: 'Succeeded' as const }))
  const { query, log } = simulateApi(clock, tasks, { answerTo: () => ({ durationMs: 0 }) })
  return { clock, query, log, options: { clock, random: () => 1 } }
}

/** A result that the codec knows, and that claims nothing. */
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
const ended = (id: string, ending: 'Succeeded' | 'Failed' = 'Succeeded') => ({
  _tag: 'EndedTask',
  taskId: taskId(id),
  resourceIds: [],
  status: statusOf(ending),
  queries: 1,
})
const open = (id: string) => ({
  _tag: 'OpenTask',
  taskId: taskId(id),
  resourceIds: [],
  reason: { _tag: 'Waiting' },
  queries: 1,
})

const garbage: ReadonlyArray<readonly [string, unknown, string]> = [
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a number', 7, 'a number'],
  ['a string', '{"_tag":"AllEnded","ended":[]}', 'a string'],
  ['an empty object', {}, 'an object'],
  ['parsed JSON', { code: 0, data: { status: 2 } }, 'an object'],
  ['a function', () => undefined, 'a function (a Task must be run first)'],
  ['a promise', Promise.resolve([]), 'a promise (await it first)'],
  ['an Either', E.right(outcome), 'an Either (Right): take its value first'],
  ['an error in an Either', E.left({ _tag: 'NotSent' }), 'an Either (Left): take its value first'],
  ['an unknown tag', { _tag: 'NobodyKnows' }, 'an object with _tag "NobodyKnows"'],
  ['a tag that is a secret', { _tag: 'SecretId=AKID…' }, 'an object'],
  ['a Set', new Set(), 'an object'],
  ['an Option', { _tag: 'None' }, 'an object with _tag "None"'],
]

describe('what is no list of tasks and no outcome gives InvalidInput', () => {
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
      'lists of numbers',
      [{ taskId: '1', resourceIds: [7] }],
      'resourceIds that are an array of strings, found an array',
    ],
    [
      'no list',
      [{ taskId: '1', resourceIds: 'a' }],
      'resourceIds that are an array of strings, found a string',
    ],
    ['an outcome without its entries', { _tag: 'AllAccepted' }, 'found an object with _tag "AllAccepted"'],
    [
      'an outcome with no entry',
      { _tag: 'PartlyAccepted', accepted: [] },
      'found an object with _tag "PartlyAccepted"',
    ],
    [
      'an outcome whose entries are none',
      { _tag: 'AllAccepted', accepted: [[]] },
      'item 0: expected an object with a taskId, found an empty array',
    ],
  ] as unknown as ReadonlyArray<readonly [string, unknown, string]>

  test.each(cases)('%s', async (_, value, message) => {
    const { clock, query, log, options } = setUp()
    const results = [
      await clock.run(waitForBatch(value as never, query, options)()),
      allOpen(value as never),
      await clock.run(lastOf(watchBatch(value as never, query, options))),
    ]
    for (const result of results) {
      expectInvalid(result)
      expect((result as { reason: { message: string } }).reason.message).toContain(message)
    }
    expect(log).toEqual([])
  })

  test('nothing is lost: the tasks that could be read are open', async () => {
    const { clock, query, options } = setUp()
    const result = await clock.run(
      waitForBatch([{ taskId: '1' }, 'x', { taskId: '2' }] as never, query, options)(),
    )
    expectInvalid(result)
    expect(result.ended).toEqual([])
    expect(openTasks(result).map(task => task.taskId)).toEqual(['1', '2'])
    const goOn = waitForBatch(openTasks(result), query, options)
    expect(await clock.run(goOn())).toMatchObject({
      _tag: 'AllEnded',
      ended: [{ taskId: '1' }, { taskId: '2' }],
    })
  })
})

test('a loop over what is no list of tasks can be left like any other', async () => {
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

describe('what is no result of a wait gives InvalidInput, never AllEnded', () => {
  const cases = [
    ...garbage.map(([name, value, found]) => [name, value, `expected a WaitResult, found ${found}`]),
    ['a Proxy that throws', hostile, 'reading it threw RangeError'],
    ['a list of tasks', [{ taskId: '1' }], 'expected a WaitResult, found an array'],
    ['an outcome', outcome, 'found an object with _tag "AllAccepted"'],
    ['no list of ended tasks', { _tag: 'AllEnded' }, 'ended: expected an array, found undefined'],
    ['no open task', { _tag: 'SomeOpen', ended: [] }, 'open: expected an array with at least one task'],
    ['an empty list of open tasks', { _tag: 'SomeOpen', ended: [], open: [] }, 'with at least one task'],
    [
      'open tasks though all have ended',
      { _tag: 'AllEnded', ended: [], open: [open('1')] },
      'open: expected no open',
    ],
    [
      'an open task that is none',
      { _tag: 'SomeOpen', ended: [], open: ['1'] },
      'open: item 0: expected an object',
    ],
    [
      'an ended task that is none',
      { _tag: 'AllEnded', ended: ['1'] },
      'ended: item 0: expected an EndedTask',
    ],
    [
      'an ended task in progress',
      { _tag: 'AllEnded', ended: [{ ...ended('1'), status: statusOf('InProgress') }] },
      'ended: item 0',
    ],
    [
      'a task that has ended twice',
      { _tag: 'AllEnded', ended: [ended('1'), ended('1', 'Failed')] },
      'item 1: duplicate',
    ],
    ['invalid input that is none', { _tag: 'InvalidInput', ended: [] }, 'expected a WaitResult'],
  ] as unknown as ReadonlyArray<readonly [string, unknown, string]>

  test.each(cases)('%s', async (_, value, message) => {
    const { clock, query, log, options } = setUp()
    const result = await clock.run(resume(value as never, query, options)())
    expectInvalid(result)
    expect((result as { reason: { message: string } }).reason.message).toContain(message)
    expect(log).toEqual([])
  })

  test('nothing is lost: what could be read is kept, also of a tag that is not known', async () => {
    const { clock, query, options } = setUp()
    const tasks = [ended('1'), ended('3'), ended('3', 'Failed'), ended('3'), { ...ended('4'), status: 7 }]
    const later = { _tag: 'FromTheFuture', ended: tasks, open: [open('2'), open('1')] }
    const result = await clock.run(resume(later as never, query, options)())
    expectInvalid(result)
    expect(result.ended.map(task => task.taskId)).toEqual(['1'])
    expect(openTasks(result).map(task => task.taskId)).toEqual(['2', '4', '3'])
    expect(await clock.run(lastOf(watchBatch(later as never, query, options)))).toEqual(result)
    expect(await clock.run(resume(result, query, options)())).toBe(result)
    expect(await clock.run(lastOf(watchBatch(result, query, options)))).toBe(result)
  })
})

describe('what is no task', () => {
  test.each([
    ...garbage.map(([name, value, found]) => [name, value, `with a taskId, found ${found}`] as const),
    ['a Proxy that throws', hostile, 'reading it threw RangeError'] as const,
    ['a list', [{ taskId: '1' }], 'with a taskId, found an array'] as const,
  ])('is left open, and says so: %s', async (_, value, message) => {
    const { clock, query, log, options } = setUp()
    const result = await clock.run(waitForTask(value as never, query, options)())
    expect(result).toMatchObject({
      _tag: 'OpenTask',
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
      _tag: 'OpenTask',
      taskId: '1',
      reason: { _tag: 'Aborted', message: 'expected a resourceId that is a string, found a number' },
    })
  })
})

describe('an outcome of a batch', () => {
  test('stands for its accepted entries', async () => {
    const { clock, query, options } = setUp()
    const expected = { _tag: 'AllEnded', ended: [{ resourceIds: ['a'] }, { resourceIds: ['b'] }] }
    expect(await clock.run(waitForBatch(outcome, query, options)())).toMatchObject(expected)
    expect(await clock.run(lastOf(watchBatch(outcome, query, options)))).toMatchObject(expected)
    expect(allOpen(outcome)).toMatchObject({ open: [{ resourceIds: ['a'] }, { resourceIds: ['b'] }] })
  })

  test('that was rejected as a whole leaves nothing to wait for', async () => {
    const { clock, query, options } = setUp()
    const rejected = { _tag: 'AllRejected', rejected: [{}], ...texts } as unknown as BatchOutcome
    expect(await clock.run(waitForBatch(rejected, query, options)())).toEqual({ _tag: 'AllEnded', ended: [] })
    expect(allOpen(rejected)).toEqual({ _tag: 'AllEnded', ended: [] })
  })
})

test('null is as good as absent, and a count that is none counts as 0', async () => {
  const { clock, query, options } = setUp()
  const row = { taskId: '1', resourceId: null, resourceIds: null, queries: null }
  for (const queries of [null, -1, 0.5, NaN, '7'])
    expect(await clock.run(waitForBatch([{ ...row, queries }] as never, query, options)())).toMatchObject({
      _tag: 'AllEnded',
      ended: [{ resourceIds: [], queries: 1 }],
    })
})

describe('options that make no sense leave the tasks open', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'options must be an object, found null'],
    ['a number', 5000, 'options must be an object, found a number'],
    ['no policy', { policy: 1000 }, 'policy must be a function, found a number'],
    ['no failure policy', { failurePolicy: null }, 'failurePolicy must be a function, found null'],
    ['no callback', { onEnd: 'log' }, 'onEnd must be a function, found a string'],
    ['no source of randomness', { random: 0.5 }, 'random must be a function, found a number'],
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
      await resume(allOpen(tasks), query, options as never)(),
    ]
    for (const result of all)
      expect(result).toMatchObject({ _tag: 'SomeOpen', open: [{ taskId: '1', reason }] })
    expect(log).toEqual([])
  })
})
