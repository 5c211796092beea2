/**
 * Measures the memory that a wait needs for its pending tasks.
 */
import { type TaskId, decodeBatchTask, decodeTaskStatus } from '@task-outcome/core'
import { type QueryTaskStatus, pendingTasks, progressOf, waitForBatch } from '@task-outcome/wait'
import { acceptedTasks } from './acceptedTasks.js'
import { batchBody } from './responseBodies.js'
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

export interface IdMeasurement {
  readonly ids: number
  /** The size of the body that each of them comes from. */
  readonly bodyBytes: number
  readonly bytesPerId: number
}

/** An id is cut out of a part of the body of 4 KiB, which it may keep alive. */
export const mostBytesPerId = 65_536

/** What ids keep alive, each from another large body, after everything else of it is gone. */
export const measureIds = (collectGarbage: () => void, ids = 10, resources = 70_000): IdMeasurement => {
  const heapUsed = (): number => {
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const idOfBody = (count: number): TaskId => {
    const decoded = decodeBatchTask(batchBody('clean', count).text)
    if (decoded._tag === 'Left' || decoded.right._tag !== 'PartlyAccepted')
      throw new Error('The body was not decoded')
    return decoded.right.accepted[0].taskId
  }
  idOfBody(resources) // compiles what will run
  idOfBody(10) // the engine may still hold the last body
  const kept: TaskId[] = []
  const before = heapUsed()
  for (let count = 0; count < ids; count++) kept.push(idOfBody(resources))
  idOfBody(10)
  const bytesPerId = (heapUsed() - before) / kept.length
  return { ids, bodyBytes: batchBody('clean', resources).text.length, bytesPerId }
}
