import * as E from 'fp-ts/lib/Either.js'
import { constantDelay } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { accepted, outcomeOf } from '../../test/SimulatedBatchApi.js'
import { statusOf } from '../../test/SimulatedApi.js'
import { taskId } from '../../test/waiting.js'
import { createPace } from '../pace/createPace.js'
import { finishedTasks } from '../result/WaitResult.js'
import { submitAll } from '../submission/submitAll.js'
import { waitForBatch } from '../wait/waitForBatch.js'
import type { Clock } from './Clock.js'

/** `after` returns no function, and calls all the same. */
const withoutCancel = () => {
  const timers: Array<() => void> = []
  const clock = {
    now: () => 0,
    after: (_: number, run: () => void) => timers.push(run),
  } as unknown as Clock
  return { clock, timers }
}

const reason = { _tag: 'Aborted', message: 'clock.after() must return a function' }

test('a clock whose timers can not be cancelled ends a wait, and its timers do nothing', async () => {
  const { clock, timers } = withoutCancel()
  const query = () => async () => E.right(statusOf('Succeeded'))
  const result = await waitForBatch([{ taskId: taskId('1') }], query, { clock, timeoutMs: 200 })()
  expect(result).toMatchObject({ _tag: 'SomePending', pending: [{ reason }] })
  expect(timers).not.toEqual([])
  for (const run of timers) expect(run).not.toThrow()
})

test('a clock whose timers can not be cancelled ends a submission, and its timers do nothing', async () => {
  const { clock, timers } = withoutCancel()
  const submit = () => async () => E.right(outcomeOf([accepted('a', '1')]))
  const result = await submitAll(['a'], submit, { clock, timeoutMs: 200 })()
  expect(result).toMatchObject({ end: reason, resources: [{ _tag: 'ResourceNotSubmitted' }] })
  expect(timers).not.toEqual([])
  for (const run of timers) expect(run).not.toThrow()
})

describe('the date of a clock', () => {
  const ends = async (date?: () => unknown) => {
    const clock = { now: () => 0, after: () => () => undefined, ...(date === undefined ? {} : { date }) }
    const query = () => async () => E.right(statusOf('Succeeded'))
    const result = await waitForBatch([{ taskId: taskId('1') }], query, {
      clock: clock as Clock,
      pollPolicy: constantDelay(0),
    })()
    return finishedTasks(result).map(({ endedAtMs }) => endedAtMs)
  }

  test('is when a task ended', async () => {
    expect(await ends(() => 1_700_000_000_000)).toEqual([1_700_000_000_000])
  })

  test.each([
    ['there is none', undefined],
    ['it is no number', () => '1700000000000'],
    ['it is not finite', () => NaN],
    ['it is a promise that rejects', () => Promise.reject(new Error('of the clock'))],
    [
      'it throws',
      () => {
        throw new Error('of the clock')
      },
    ],
  ])('is not known if %s: the task has ended all the same', async (_, date) => {
    expect(await ends(date)).toEqual([undefined])
  })
})

test('a clock whose timers can not be cancelled fails the queue of a pace, and its timers do nothing', async () => {
  const { clock, timers } = withoutCancel()
  const pace = createPace({ perSecond: 1, clock })
  let runs = 0
  const task = async () => E.right(++runs)
  expect(await pace.run(task)()).toEqual(E.right(1))
  const all = await Promise.all(Array.from({ length: 3 }, () => pace.run(task)()))
  expect(all.filter(E.isLeft)).not.toEqual([])
  const before = runs
  for (const run of timers) expect(run).not.toThrow()
  expect(runs).toBe(before)
})
