/**
 * Tells those who wait that a task may have ended.
 */
import type { Database } from '@task-outcome/tracker'

export interface EndSignal {
  /** Waits for the next end, and no longer than a second. */
  readonly wait: () => Promise<void>
  /** Wakes all, now and from now on. */
  readonly stop: () => Promise<void>
}

/** A notification can be lost. Then those who wait look a little later. */
const longestWaitMs = 1000

export const createEndSignal = async (database: Database): Promise<EndSignal> => {
  const waiting = new Set<() => void>()
  let isStopped = false
  const wake = (): void => {
    for (const one of waiting) one()
  }
  const unlisten = await database.listen('task_outcome_ended', wake).catch(() => undefined)
  return {
    wait: () =>
      new Promise(resolve => {
        const timer = setTimeout(end, isStopped ? 0 : longestWaitMs)
        waiting.add(end)
        function end(): void {
          clearTimeout(timer)
          waiting.delete(end)
          resolve()
        }
      }),
    stop: async () => {
      isStopped = true
      wake()
      await unlisten?.().catch(() => undefined)
    },
  }
}
