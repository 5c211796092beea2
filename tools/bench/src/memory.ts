/**
 * Measures the memory that a wait needs for its pending tasks.
 */
import { decodeTaskStatus } from '@task-outcome/core'
import { type QueryTaskStatus, pendingTasks, progressOf, waitForBatch } from '@task-outcome/wait'
import { acceptedTasks } from './acceptedTasks.js'
import { quotaPerSecond } from './Scenario.js'
import { inSimulatedTime, sleep } from './simulatedTime.js'

export interface MemoryMeasurement {
  readonly tasks: number
  /** The mean number of queries for each task until then. */
  readonly looksPerTask: number
  readonly bytesPerTask: number
}

export const mostBytesPerTask = 1024

const inProgress = decodeTaskStatus('{"code":0,"data":{"status":2}}')

const query: QueryTaskStatus = () => async () => inProgress

/** The tasks themselves, as the caller has them, are not counted. */
export const measureMemory = (
  collectGarbage: () => void,
  tasks = 10_000,
  looksPerTask = 4,
): Promise<MemoryMeasurement> =>
  inSimulatedTime(1, async () => {
    const heapUsed = (): number => {
      collectGarbage()
      return process.memoryUsage().heapUsed
    }
    const waitLooking = async (count: number, measure: () => void) => {
      const accepted = acceptedTasks(count)
      measure()
      const controller = new AbortController()
      const wait = waitForBatch(accepted, query, {
        maxQueriesPerSecond: quotaPerSecond,
        signal: controller.signal,
      })()
      await sleep((looksPerTask * count * 1000) / quotaPerSecond)
      measure()
      controller.abort()
      return wait
    }

    await waitLooking(100, () => undefined) // compiles what will run
    const measured: number[] = []
    const result = await waitLooking(tasks, () => measured.push(heapUsed()))
    const [before = NaN, after = NaN] = measured
    if (pendingTasks(result).length !== tasks) throw new Error('Not every task was open')
    return {
      tasks,
      looksPerTask: progressOf(result).queries / tasks,
      bytesPerTask: (after - before) / tasks,
    }
  })
