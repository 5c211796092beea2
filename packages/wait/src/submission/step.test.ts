import type { ResourceId, TaskId } from '@task-outcome/core'
import { aborted } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { defaultRetryStatus } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { statusOf } from '../../test/SimulatedApi.js'
import { accepted, deliveryUnknown, notSent, rejected } from '../../test/SimulatedBatchApi.js'
import { nothingSubmitted } from './merge.js'
import { type SubmissionEffect, type SubmissionEvent, type SubmissionState, idle, step } from './step.js'

type State = SubmissionState<unknown, unknown, unknown>
type Event = SubmissionEvent<unknown, unknown, unknown>
type Effect = SubmissionEffect<unknown, unknown, unknown>

const a = 'a' as ResourceId
const b = 'b' as ResourceId

const start = (): State =>
  idle(nothingSubmitted([a, b]), new Map(), {
    chunkSize: 1,
    concurrency: 2,
    maxSubmissionsPerSecond: 100,
    timeoutMs: 1000,
    follows: true,
    taskPerResource: false,
  })

/** Plays the events, and returns the effects of the last one. */
const play = (...events: ReadonlyArray<Event>): readonly [State, ReadonlyArray<Effect>] => {
  let state = start()
  let effects: ReadonlyArray<Effect> = []
  for (const event of events) [state, effects] = step(state, event)
  return [state, effects]
}

const began: Event = { _tag: 'Began', nowMs: 0 }
const ticked: Event = { _tag: 'Ticked', nowMs: 0 }
const stored: Event = { _tag: 'Stored' }
const submitted = (submission: number): Event => ({
  _tag: 'Submitted',
  submission,
  result: E.right({ entries: [accepted('a', '1')], extra: {} }),
  isFatal: false,
  nowMs: 0,
})

test('a submission begins only after a snapshot is stored that has its resources in doubt', () => {
  const [planned, none] = play(began, ticked)
  expect(none).toEqual([])
  const [storing, effects] = step(planned, ticked)
  const [effect] = effects
  expect(effect?._tag === 'Store' && effect.snapshot()).toMatchObject({
    end: { _tag: 'Waiting' },
    known: {
      submissions: 1,
      resources: [
        { _tag: 'ResourceInDoubt', reason: { _tag: 'NoResponseYet' } },
        { _tag: 'ResourceNotSubmitted' },
      ],
    },
  })
  expect(step(storing, ticked)[1]).toEqual([])
  const [ready] = step(storing, stored)
  expect(step(ready, ticked)[1]).toEqual([{ _tag: 'Submit', submission: 1, resourceIds: [a] }])
})

describe('an event that does not fit the state changes nothing', () => {
  const first = [began, ticked, ticked, stored, ticked]

  test.each<[string, ReadonlyArray<Event>, Event]>([
    ['a second beginning', first, began],
    ['a tick before the beginning', [], ticked],
    ['a selection that was not asked for', first, { _tag: 'Selected', resourceIds: [a] }],
    [
      'a delay that was not asked for',
      first,
      { _tag: 'DelayDecided', next: { status: defaultRetryStatus, delayMs: 1 }, nowMs: 0 },
    ],
    ['a response to no submission', first, submitted(7)],
    ['a second response', [...first, submitted(1)], submitted(1)],
    [
      'a second stop',
      [...first, { _tag: 'Aborted', reason: aborted('x') }],
      { _tag: 'Aborted', reason: aborted('y') },
    ],
    [
      'a timeout after a stop',
      [...first, { _tag: 'Aborted', reason: aborted('x') }],
      { _tag: 'TimeLimitReached', nowMs: 5000 },
    ],
    ['anything after the end', [{ _tag: 'Aborted', reason: aborted('x') }], submitted(1)],
  ])('%s', (_, before, event) => {
    const [state] = play(...before)
    expect(step(state, event)).toEqual([state, []])
  })
})

test('whatever happens, each resource has one fate, and what is over stays over', () => {
  const nowMs = fc.integer({ min: 0, max: 3000 })
  const reason = aborted(new Error('no'))
  const event: fc.Arbitrary<Event> = fc.oneof(
    { weight: 12, arbitrary: nowMs.map((nowMs): Event => ({ _tag: 'Ticked', nowMs })) },
    { weight: 6, arbitrary: fc.constant(stored) },
    {
      weight: 2,
      arbitrary: fc.subarray([a, b]).map((resourceIds): Event => ({ _tag: 'Selected', resourceIds })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(nowMs, fc.boolean()).map(([nowMs, gaveUp]): Event => ({
        _tag: 'DelayDecided',
        next: gaveUp ? undefined : { status: defaultRetryStatus, delayMs: 10 },
        nowMs,
      })),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.integer({ min: 1, max: 5 }),
          fc.constantFrom(
            E.right({ entries: [accepted('a', '1')], extra: {} }),
            E.right({ entries: [accepted('b', '2'), rejected('a')], extra: { taskId: '9' } }),
            E.right({ entries: [rejected('a'), rejected('b', 'never')], extra: {} }),
            E.left(notSent),
            E.left(deliveryUnknown),
          ),
          fc.boolean(),
          nowMs,
        )
        .map(([submission, result, isFatal, nowMs]): Event => ({
          _tag: 'Submitted',
          submission,
          result,
          isFatal,
          nowMs,
        })),
    },
    fc.constantFrom<Event>(
      { _tag: 'FailedToStore', reason },
      { _tag: 'Aborted', reason },
      { _tag: 'TimeLimitReached', nowMs: 1000 },
      { _tag: 'TimeLimitReached', nowMs: 10 },
      {
        _tag: 'TaskFinished',
        task: {
          _tag: 'FinishedTask',
          taskId: '1' as TaskId,
          resourceIds: [a],
          status: statusOf('Failed') as never,
          queries: 1,
        },
      },
    ),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), events => {
      let [state] = step(start(), began)
      const inFlight = new Map<number, ReadonlyArray<ResourceId>>()
      for (const event of events) {
        const isOver = state._tag === 'Over'
        const [next, effects] = step(state, event)
        if (isOver) expect([next, effects]).toEqual([state, []])
        state = next
        for (const effect of effects) {
          if (effect._tag === 'Submit') inFlight.set(effect.submission, effect.resourceIds)
          if (effect._tag !== 'Store' && effect._tag !== 'Resolve') continue
          const { resources, submissions } = (effect._tag === 'Store' ? effect.snapshot() : effect.snapshot)
            .known
          expect(resources.map(({ resourceId }) => resourceId)).toEqual([a, b])
          expect(submissions).toBeGreaterThanOrEqual(inFlight.size)
        }
      }
    }),
    { numRuns: 3000 },
  )
})
