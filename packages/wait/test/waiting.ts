/** Helpers for the tests of single waits. */
import type { QueryError, TaskId, TaskStatus } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import type { QueryTaskStatus } from '../src/query/QueryTaskStatus.js'
import { statusOf } from './SimulatedApi.js'
import type { SimulatedClock } from './SimulatedClock.js'

export const taskId = (id: string): TaskId => id as TaskId

export const task = { taskId: taskId('17') }

/** Returns a query that produces the results in turn, then the last one forever, and records the time of each query. */
export const answering = (
  clock: SimulatedClock,
  ...answers: ReadonlyArray<TaskStatus['_tag'] | QueryError>
): { readonly query: QueryTaskStatus; readonly times: ReadonlyArray<number> } => {
  const times: number[] = []
  const query: QueryTaskStatus = () => async () => {
    const answer = answers[Math.min(times.length, answers.length - 1)]
    times.push(clock.now())
    if (answer === undefined) throw new Error('no answer')
    return typeof answer === 'string' ? E.right(statusOf(answer)) : E.left(answer)
  }
  return { query, times }
}
