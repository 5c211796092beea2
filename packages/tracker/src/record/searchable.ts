/**
 * @internal
 */
import { distinctTasks } from '@task-outcome/wait/query'
import type { TaskIdentity } from './TrackedTask.js'

/**
 * Returns a form of any text that a column and an index can hold: PostgreSQL stores neither NUL nor unpaired surrogates, and an
 * entry of an index has at most 2,704 bytes, for all its columns. The exact text is in a column of JSON.
 */
export const searchable = (text: string): string => {
  const storable = text.replace(/\0|\p{Surrogate}/gu, '\uFFFD')
  return storable.slice(0, new TextEncoder().encodeInto(storable, new Uint8Array(maxBytes)).read)
}

/** In UTF-8, of a name or an id that is searched for: an index can have two of them. */
export const maxBytes = 1000

/**
 * Tasks as the parameter of statements that add them, each once. `id` and `resources` are JSON within the JSON, which keeps their
 * escapes.
 */
export const taskRows = (tasks: ReadonlyArray<TaskIdentity>): string =>
  JSON.stringify(
    distinctTasks(tasks).map(({ taskId, resourceIds }) => ({
      task_id: searchable(taskId),
      id: JSON.stringify(taskId),
      resource_ids: resourceIds.map(searchable),
      resources: resourceIds.map(id => JSON.stringify(id)),
    })),
  )
