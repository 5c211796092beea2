/**
 * An API with tasks that all start at time 0 and take the same time. It answers a limited number of queries a second.
 */
import { sleep } from './simulatedTime.js'

export type Answer = 'InProgress' | 'Succeeded' | 'TooMany'

export interface SimulatedApi {
  /** Asks for the state of a task, as it is when the query arrives; the response takes its time. */
  readonly ask: () => Promise<Answer>
  /** When each query was started. */
  readonly starts: ReadonlyArray<number>
  /** The number of rejected queries. The real API rejects them with code 4400, PROTOCOL.md, section 5. */
  readonly refused: () => number
}

export interface ApiBehaviour {
  readonly endsAtMs: number
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

  const answerNow = (nowMs: number): Answer => {
    const place = admittedCount % quotaPerSecond
    if ((admitted[place] ?? -Infinity) > nowMs - 1000) {
      refusedCount++
      return 'TooMany'
    }
    admitted[place] = nowMs
    admittedCount++
    return nowMs >= endsAtMs ? 'Succeeded' : 'InProgress'
  }

  return {
    ask: async () => {
      const nowMs = Date.now()
      starts.push(nowMs)
      const answer = answerNow(nowMs)
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
