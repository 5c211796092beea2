/**
 * @internal
 */
import type { EmulatedTask } from '../tasks/EmulatedTask.js'
import type { EmulatedService } from './EmulatedService.js'

/**
 * The tasks that each query knows: those of the submissions that name it. By task id, or by resource id if a submission starts a
 * task for each resource; there the last one counts.
 */
export interface TaskIndex {
  readonly knownTo: (service: EmulatedService, query: string) => Map<string, EmulatedTask>
}

export const createTaskIndex = (): TaskIndex => {
  const index = new Map<string, Map<string, EmulatedTask>>()
  return {
    knownTo: ({ service, version }, query) => {
      const key = JSON.stringify([service, version, query])
      const tasks = index.get(key) ?? new Map<string, EmulatedTask>()
      index.set(key, tasks)
      return tasks
    },
  }
}
