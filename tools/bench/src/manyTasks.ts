/**
 * What a wait for very many tasks costs, in real time, with an API that answers at once.
 */
import { type TaskId, decodeTaskStatus } from '@task-outcome/core'
import { type QueryTaskStatus, waitForBatch } from '@task-outcome/wait'

export interface ManyTasksMeasurement {
  readonly tasks: number
  /** How long the call takes, and the longest time that the process is blocked after it, until the first queries. */
  readonly callMs: number
  readonly blockMs: number
  /** CPU time of all threads, that of collecting garbage included. */
  readonly microsecondsPerQuery: number
  /** The same without a wait: a promise, a signal and a turn of the event loop for each query. */
  readonly bareMicrosecondsPerQuery: number
  readonly bytesPerTask: number
}

const inProgress = decodeTaskStatus('{"code":0,"data":{"status":2}}')
const inFlight = 100

const turnOfTheLoop = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const sleep = (delayMs: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, delayMs)
  })

const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

export const measureManyTasks = async (
  collectGarbage: () => void,
  tasks = 1_000_000,
  queries = 200_000,
): Promise<ManyTasksMeasurement> => {
  const bytesUsed = (): number => {
    collectGarbage()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const bareMicrosecondsPerQuery = await measureBare(queries)
  const refs = Array.from({ length: tasks }, (_, index) => ({ taskId: String(6_356_502 + index) as TaskId }))
  const bytesBefore = bytesUsed()
  let sent = 0
  const query: QueryTaskStatus = () => async () => {
    sent++
    await turnOfTheLoop()
    return inProgress
  }
  const controller = new AbortController()
  const beganMs = performance.now()
  const wait = waitForBatch(refs, query, {
    signal: controller.signal,
    maxQueriesPerSecond: 1_000_000,
    concurrency: inFlight,
  })()
  const callMs = performance.now() - beganMs
  let blockMs = 0
  for (let lastMs = performance.now(); sent < tasks / 1000;) {
    await turnOfTheLoop()
    blockMs = Math.max(blockMs, performance.now() - lastMs)
    lastMs = performance.now()
  }
  const sentBefore = sent
  const cpuBefore = cpuMicroseconds()
  while (sent - sentBefore < queries) await sleep(20)
  const microsecondsPerQuery = (cpuMicroseconds() - cpuBefore) / (sent - sentBefore)
  const bytesPerTask = (bytesUsed() - bytesBefore) / tasks
  controller.abort()
  await wait
  return { tasks, callMs, blockMs, microsecondsPerQuery, bareMicrosecondsPerQuery, bytesPerTask }
}

const measureBare = async (queries: number): Promise<number> => {
  const cpuBefore = cpuMicroseconds()
  let left = queries
  const sendInTurn = async (): Promise<void> => {
    while (left-- > 0) {
      const { signal } = new AbortController()
      await turnOfTheLoop()
      if (signal.aborted) return
    }
  }
  await Promise.all(Array.from({ length: inFlight }, sendInTurn))
  return (cpuMicroseconds() - cpuBefore) / queries
}
