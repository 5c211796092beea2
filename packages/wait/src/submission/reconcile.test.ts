import {
  type BatchEntry,
  type BatchOutcome,
  type SubmissionError,
  type TaskId,
  decodeBatchTask,
} from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accepted,
  deliveryUnknown,
  misused,
  notSent,
  outcomeOf,
  refused,
  rejected,
} from '../../test/SimulatedBatchApi.js'
import { SubmissionResult, possibleTasks } from './SubmissionResult.js'
import { reconcile } from './reconcile.js'

const tagsOf = ({ resources }: SubmissionResult): unknown =>
  resources.map(resource => [
    resource.resourceId,
    resource._tag === 'ResourceInDoubt' ? resource.reason._tag : resource._tag,
  ])

test('a response that was cut short leaves the others in doubt', () => {
  const response = decodeBatchTask('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}')
  expect(tagsOf(reconcile(['ins-1', 'ins-2', 'ins-3'], response))).toEqual([
    ['ins-1', 'ResourceAccepted'],
    ['ins-2', 'MissingInResponse'],
    ['ins-3', 'MissingInResponse'],
  ])
})

test('each resource is what its entry says', () => {
  const entries = [
    accepted('a', '1'),
    rejected('b'),
    { ...rejected('c'), code: 4500 },
    { ...rejected('d'), taskId: '4' as TaskId },
    accepted('z', '26'),
    rejected('y'),
  ]
  const result = reconcile(['a', 'b', 'c', 'd', 'e'], E.right(outcomeOf(entries)))
  expect(tagsOf(result)).toEqual([
    ['a', 'ResourceAccepted'],
    ['b', 'ResourceRejected'],
    ['c', 'Replayed'],
    ['d', 'TaskFound'],
    ['e', 'MissingInResponse'],
  ])
  expect(result).toMatchObject({
    end: { _tag: 'Waiting' },
    submissions: 1,
    failures: [],
    unrequested: [{ resourceId: 'z' }, { resourceId: 'y' }],
  })
})

test.each<[string, SubmissionError, string]>([
  ['was not sent', notSent, 'ResourceNotSubmitted'],
  ['was a wrong call', misused, 'ResourceNotSubmitted'],
  ['was rejected', refused('later'), 'ResourceRejected'],
  ['was rejected for good', refused('never'), 'ResourceRejected'],
  ['was rejected as a replay', refused('resigned', 4500), 'SubmissionFailed'],
  ['has no response', deliveryUnknown, 'SubmissionFailed'],
])('the resources of a submission that %s have its fate', (_, error, tag) => {
  const result = reconcile(['a', 'b'], E.left(error))
  expect(tagsOf(result)).toEqual([
    ['a', tag],
    ['b', tag],
  ])
  expect(result.failures).toEqual([{ resourceIds: ['a', 'b'], error }])
})

describe('each requested id has one outcome, and each task id and entry is kept', () => {
  const ids = ['a', 'b', 'c', 'd', '__proto__', 'constructor', '']
  const entry: fc.Arbitrary<BatchEntry> = fc
    .tuple(
      fc.constantFrom(...ids, 'other'),
      fc.constantFrom('accepted', 'later', 'never', 'withId', 'replayed', 'withExtra'),
      fc.nat({ max: 20 }).map(id => String(id + 1)),
    )
    .map(([id, kind, taskId]): BatchEntry => {
      if (kind === 'accepted') return accepted(id, taskId)
      if (kind === 'withId') return { ...rejected(id), taskId: taskId as TaskId }
      if (kind === 'withExtra') return { ...rejected(id), extra: { data: { taskId } } }
      if (kind === 'replayed') return { ...rejected(id), code: 4500 }
      return rejected(id, kind)
    })
  const result: fc.Arbitrary<E.Either<SubmissionError, BatchOutcome>> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.array(entry, { minLength: 1, maxLength: 8 }).map(some => E.right(outcomeOf(some))),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom(notSent, deliveryUnknown, refused('later'), refused('resigned', 4500)),
          fc.array(
            fc.record(
              { taskId: fc.constantFrom('1', '2', '3'), resourceId: fc.constantFrom(...ids, 'other') },
              { requiredKeys: ['taskId'] },
            ),
            { maxLength: 3 },
          ),
        )
        .map(([error, recovered]) => E.left({ ...error, recovered } as unknown as SubmissionError)),
    },
  )

  test('whatever comes of the submission', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ids)), result, (requested, response) => {
        const reconciled = reconcile(requested, response)
        expect(SubmissionResult.decode(JSON.parse(JSON.stringify(reconciled)))).toEqual(E.right(reconciled))
        expect(reconciled.resources.map(({ resourceId }) => resourceId)).toEqual([...new Set(requested)])

        const known = new Set(possibleTasks(reconciled).map(({ taskId }) => taskId))
        if (E.isLeft(response)) {
          for (const { taskId } of response.left.recovered) expect(known).toContain(taskId)
          return
        }
        const { right } = response
        const entries: ReadonlyArray<BatchEntry> = [
          ...(right._tag === 'AllRejected' ? [] : right.accepted),
          ...(right._tag === 'AllAccepted' ? [] : right.rejected),
        ]
        const kept = [
          ...reconciled.unrequested,
          ...reconciled.resources.flatMap(resource => ('rejections' in resource ? resource.rejections : [])),
        ]
        for (const entry of entries) {
          if (entry._tag === 'AcceptedEntry') {
            expect(known).toContain(entry.taskId)
            const own = reconciled.resources.find(({ resourceId }) => resourceId === entry.resourceId)
            if (own !== undefined) expect(own._tag).toBe('ResourceAccepted')
          } else {
            expect(kept).toContainEqual(entry)
            if (entry.taskId !== undefined) expect(known).toContain(entry.taskId)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('an invalid argument', () => {
  const response = E.right(outcomeOf([accepted('a', '1'), rejected('b')]))

  test.each<[string, unknown, string, ReadonlyArray<string>]>([
    ['nothing', undefined, 'expected an array of resource ids, found undefined', []],
    ['a string', 'a', 'found a string', []],
    ['a Set', new Set(['a']), 'found an object', []],
    ['numbers', [17, 'a'], 'item 0: expected a resource id, found a number', ['a']],
    ['holes', new Array(1), 'item 0: expected a resource id, found undefined', []],
    [
      'an array that throws',
      new Proxy([], {
        get: () => {
          throw new RangeError('secret')
        },
      }),
      'expected plain data, but reading it threw RangeError',
      [],
    ],
  ])('in place of the ids ends it with a message, and loses no task: %s', (_, ids, message, readable) => {
    const result = reconcile(ids as never, response)
    expect(result.end).toMatchObject({ _tag: 'Aborted', name: 'TypeError' })
    expect((result.end as { message: string }).message).toContain(message)
    expect(result.resources.map(({ resourceId }) => String(resourceId))).toEqual(readable)
    expect(possibleTasks(result).map(({ taskId }) => taskId)).toEqual(['1'])
    expect(SubmissionResult.is(result)).toBe(true)
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['an outcome outside an Either', outcomeOf([accepted('a', '1')])],
    ['a promise', Promise.resolve(response)],
    ['a TaskEither', () => response],
  ])('in place of the result leaves all in doubt: %s', (_, result) => {
    expect(tagsOf(reconcile(['a', 'b'], result as never))).toEqual([
      ['a', 'SubmissionFailed'],
      ['b', 'SubmissionFailed'],
    ])
  })
})
