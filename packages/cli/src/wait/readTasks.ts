/**
 * The tasks to wait for.
 *
 * @internal
 */
import type { ResourceId, TaskId } from '@task-outcome/core'
import type { TaskRef } from '@task-outcome/wait'
import { readBodies } from '../input/readBodies.js'
import { type DecodeOptions, type DecodedBody, decodeBody } from '../read/decodeBody.js'
import { type Again, type Row, type RowState, rowStates } from '../read/Row.js'

export interface ReadTasks {
  /** The tasks that may be running. */
  readonly tasks: ReadonlyArray<TaskRef>
  /** The rows without a task to wait for, such as rejected resources. */
  readonly others: ReadonlyArray<Row>
  /** What was read of responses. */
  readonly decoded: ReadonlyArray<DecodedBody>
  readonly notes: ReadonlyArray<string>
}

/** Reads tasks from what `read` reads, or from what it, `submit` or `wait` printed with `-o json` or `-o ndjson`. */
export const readTasks = async (bytes: Uint8Array, options: DecodeOptions): Promise<ReadTasks> => {
  const printed = readRows(new TextDecoder().decode(bytes))
  if (printed !== undefined) return { ...split(printed), decoded: [], notes: [] }
  const { bodies, notes } = readBodies(bytes)
  const decoded: DecodedBody[] = []
  for (const body of bodies) decoded.push(await decodeBody(body, options))
  return { ...split(decoded.flatMap(({ rows }) => rows)), decoded, notes }
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

/** Returns the rows that the command has printed, or `undefined` if the text is something else. Ids are strings in them. */
const readRows = (text: string): ReadonlyArray<Row> | undefined => {
  const start = text.trimStart()
  if (!start.startsWith('{"source":') && !/^\{\s*"version": 1,/.test(start)) return undefined
  try {
    const values: ReadonlyArray<unknown> = start.startsWith('{"source":')
      ? start.split('\n').flatMap(line => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]))
      : (JSON.parse(start) as { readonly rows: ReadonlyArray<unknown> }).rows
    const rows = values.map(rowOf)
    return rows.every(row => row !== undefined) ? rows : undefined
  } catch {
    return undefined
  }
}

const rowOf = (value: unknown): Row | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { source, state, resource, task, code, reason, message, again } = value as Readonly<
    Record<string, unknown>
  >
  if (!rowStates.some(known => known === state)) return undefined
  const text = (member: unknown): string | undefined => (typeof member === 'string' ? member : undefined)
  return {
    source: text(source) ?? '',
    state: state as RowState,
    resource: text(resource),
    task: text(task),
    code: typeof code === 'number' ? code : text(code),
    reason: text(reason) ?? '',
    message: text(message) ?? '',
    again: (text(again) ?? 'unknown') as Again,
  }
}
