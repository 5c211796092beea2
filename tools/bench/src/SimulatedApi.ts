/**
 * An API that tells of tasks which all began at time 0 and take equally long, and answers so many queries a second.
 */
import { sleep } from './simulatedTime.js'

export type Answer = 'InProgress' | 'Succeeded' | 'TooMany'

export interface SimulatedApi {
  /** Asks for the state of a task, as it is when the query arrives; the response takes its time. */
  readonly ask: () => Promise<Answer>
  /** When each query was started. */
  readonly starts: ReadonlyArray<number>
  /** How many queries were refused: by the real API with code 4400, PROTOCOL.md, section 5. */
  readonly refused: () => number
}

export interface ApiBehaviour {
  readonly endsAtMs: number
  readonly queryMs: number
  /** So many are answered of those that start in any second; one that is refused takes no room from others. */
  readonly quotaPerSecond: number
}

export const simulateApi = ({ endsAtMs, queryMs, quotaPerSecond }: ApiBehaviour): SimulatedApi => {
  const starts: number[] = []
  /** The times of the last queries that were not refused, by their number modulo the quota. */
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
