/**
 * The tasks to wait for.
 *
 * @internal
 */
import type { ResourceId, TaskId } from '@task-outcome/core'
import type { TaskRef } from '@task-outcome/wait'
import { usageError } from '../exitCodes.js'
import { membersOf, parsePlainJson } from '../input/plainJson.js'
import { decodeText } from '../input/readText.js'
import { type InputOptions, decodeBodies } from '../read/decodeBodies.js'
import { explainIssue } from '../read/explainIssue.js'
import { type Row, agains, rowStates } from '../read/Row.js'

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
  const printed = text === undefined ? undefined : readRows(text)
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

interface Printed {
  readonly rows: ReadonlyArray<Row>
  readonly inDoubt: boolean
}

/** Returns what the command has printed, or `undefined` if the text is something else. */
const readRows = (text: string): Printed | undefined => {
  const whole = parsePlainJson(text)
  if (whole !== undefined) {
    const { version, rows, inDoubt } = membersOf(whole)
    if (version === 1 && Array.isArray(rows))
      return { rows: rows.map((row, index) => rowOf(row, `row ${index + 1}`)), inDoubt: inDoubt !== false }
    return isRow(whole) ? { rows: [rowOf(whole, 'line 1')], inDoubt: false } : undefined
  }
  const lines = text.split('\n').map(line => line.trim())
  const first = lines.find(line => line !== '')
  if (first === undefined || !isRow(parsePlainJson(first))) return undefined
  return {
    rows: lines.flatMap((line, index) =>
      line === '' ? [] : [rowOf(parsePlainJson(line), `line ${index + 1}`)],
    ),
    inDoubt: false,
  }
}

/** Whether a value has the members that every printed row has. No response has them. */
const isRow = (value: unknown): boolean => {
  const members = membersOf(value)
  return ['source', 'state', 'task', 'again'].every(name => Object.hasOwn(members, name))
}

/** Reads a row that was printed. Ids are strings in it: to leave out one that is not would lose a task. */
export const rowOf = (value: unknown, place: string): Row => {
  const members = membersOf(value)
  const state = rowStates.find(known => known === members.state)
  if (state === undefined) throw invalidRow(place, 'state', `one of ${rowStates.join(', ')}`)
  const id = (name: 'resource' | 'task'): string | undefined => {
    const member = members[name] ?? undefined
    if (member === undefined || (typeof member === 'string' && !(name === 'task' && member === '')))
      return member
    throw invalidRow(place, name, 'null or an id in double quotes, with every digit')
  }
  const text = (name: string): string => {
    const member = members[name]
    return typeof member === 'string' ? member : ''
  }
  const { code } = members
  return {
    source: text('source'),
    state,
    resource: id('resource'),
    task: id('task'),
    code: typeof code === 'number' || typeof code === 'string' ? code : undefined,
    reason: text('reason'),
    message: text('message'),
    again: agains.find(known => known === members.again) ?? 'unknown',
  }
}

const invalidRow = (place: string, name: string, expected: string) =>
  usageError(`${place}: "${name}": expected ${expected}`)
