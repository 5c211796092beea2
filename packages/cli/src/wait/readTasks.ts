/**
 * The tasks to wait for.
 *
 * @internal
 */
import type { ResourceId, TaskId } from '@task-outcome/core'
import type { TaskRef } from '@task-outcome/wait'
import { decodeText } from '../input/readText.js'
import { type InputOptions, decodeBodies } from '../read/decodeBodies.js'
import { explainIssue } from '../read/explainIssue.js'
import { readPrintedRows } from '../read/printedRows.js'
import type { Row } from '../read/Row.js'

export interface ReadTasks {
  /** The tasks that may be running. */
  readonly tasks: ReadonlyArray<TaskRef>
  /** The rows without a task to wait for, such as rejected resources. */
  readonly others: ReadonlyArray<Row>
  /** Whether more tasks may be running than are known. */
  readonly inDoubt: boolean
  /** What is wrong with the input, in lines that are safe to print. */
  readonly explanations: ReadonlyArray<string>
  readonly notes: ReadonlyArray<string>
}

/** Reads tasks from what `read` reads, or from what it, `submit` or `wait` printed with `-o json` or `-o ndjson`. */
export const readTasks = async (bytes: Uint8Array, options: InputOptions): Promise<ReadTasks> => {
  const text = decodeText(bytes)
  const printed = text === undefined ? undefined : readPrintedRows(text)
  if (printed !== undefined)
    return { ...split(printed.rows), inDoubt: printed.inDoubt, explanations: [], notes: [] }
  const { decoded, rows, doubts, notes } = await decodeBodies(bytes, options)
  return {
    ...split(rows),
    inDoubt: doubts.length > 0,
    // Which id is the task is told by the action that the caller named.
    explanations: decoded.filter(({ issue }) => issue?._tag !== 'Unclear').map(explainIssue),
    notes,
  }
}

const split = (rows: ReadonlyArray<Row>): Pick<ReadTasks, 'tasks' | 'others'> => {
  const isOpen = ({ state, task }: Row): boolean =>
    task !== undefined && (state === 'accepted' || state === 'in-doubt' || state === 'in-progress')
  return {
    tasks: rows.filter(isOpen).map(({ task, resource }) => ({
      taskId: task as TaskId,
      ...(resource === undefined ? {} : { resourceId: resource as ResourceId }),
    })),
    others: rows.filter(row => !isOpen(row)),
  }
}
