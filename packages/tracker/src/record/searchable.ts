/**
 * @internal
 */
import type { TaskIdentity } from './TrackedTask.js'

/**
 * Makes text that a column and an index can hold of any text: PostgreSQL has neither NUL nor half a surrogate pair, and no entry
 * of an index longer than 2704 bytes. The exact text is in a column of JSON.
 */
export const searchable = (text: string): string =>
  text.slice(0, maxLength).replace(/\0|\p{Surrogate}/gu, '\uFFFD')

/** UTF-16 code units, of at most three bytes each. */
export const maxLength = 500

/** Tasks as the parameter of statements that add them. `task` is text within the text, which keeps its escapes. */
export const taskRows = (tasks: ReadonlyArray<TaskIdentity>): string =>
  JSON.stringify(
    tasks.map(({ taskId, resourceIds }) => ({
      task_id: searchable(taskId),
      resource_ids: resourceIds.map(searchable),
      task: JSON.stringify({ taskId, resourceIds }),
    })),
  )
