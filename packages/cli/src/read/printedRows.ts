/**
 * The rows that `read`, `submit` or `wait` printed with `-o json` or `-o ndjson`, read again.
 *
 * @internal
 */
import { usageError } from '../exitCodes.js'
import { membersOf, parsePlainJson } from '../input/plainJson.js'
import { type Row, agains, rowStates } from './Row.js'

export interface PrintedRows {
  readonly rows: ReadonlyArray<Row>
  readonly inDoubt: boolean
}

/** Returns what the command has printed, or `undefined` if the text is something else. */
export const readPrintedRows = (text: string): PrintedRows | undefined => {
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
