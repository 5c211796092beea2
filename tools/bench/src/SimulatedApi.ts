/**
 * An API with tasks that all start at time 0. It answers a limited number of queries a second.
 */
import type { TaskId } from '@task-outcome/core'
import { sleep } from './simulatedTime.js'

export type Answer = 'InProgress' | 'Succeeded' | 'TooMany'

export interface SimulatedApi {
  /** Asks for the state of a task, as it is when the query arrives; the response takes its time. */
  readonly ask: (taskId: TaskId) => Promise<Answer>
  /** When each query was started. */
  readonly starts: ReadonlyArray<number>
  /** The number of rejected queries. The real API rejects them with code 4400, PROTOCOL.md, section 5. */
  readonly refused: () => number
}

export interface ApiBehaviour {
  readonly endsAtMs: (taskId: TaskId) => number
  readonly queryMs: number
  /** The number of queries that it answers of those that start in any second. A rejected query does not count. */
  readonly quotaPerSecond: number
}

export const simulateApi = ({ endsAtMs, queryMs, quotaPerSecond }: ApiBehaviour): SimulatedApi => {
  const starts: number[] = []
  /** The times of the last queries that were not rejected, by their number modulo the quota. */
  const admitted: number[] = []
  let admittedCount = 0
  let refusedCount = 0

  const answerNow = (nowMs: number, taskId: TaskId): Answer => {
    const place = admittedCount % quotaPerSecond
    if ((admitted[place] ?? -Infinity) > nowMs - 1000) {
      refusedCount++
      return 'TooMany'
    }
    admitted[place] = nowMs
    admittedCount++
    return nowMs >= endsAtMs(taskId) ? 'Succeeded' : 'InProgress'
  }

  return {
    ask: async taskId => {
      const nowMs = Date.now()
      starts.push(nowMs)
      const answer = answerNow(nowMs, taskId)
      await sleep(queryMs)
      return answer
    },
    starts,
    refused: () => refusedCount,
  }
}

/** The most queries that were started in any one second. */
export const mostInASecond = (starts: ReadonlyArray<number>): number => {
  let most = 0
  let first = 0
  starts.forEach((startMs, index) => {
    while ((starts[first] ?? startMs) <= startMs - 1000) first++
    most = Math.max(most, index - first + 1)
  })
  return most
}
