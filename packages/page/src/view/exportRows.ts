/**
 * Rows in forms that programs read, as the command `task-outcome` prints them.
 *
 * @internal
 */
import type { PageRow } from '../PageData.js'
import { isVisible, visible } from './visible.js'

const names = ['source', 'state', 'resource', 'task', 'code', 'reason', 'message', 'again'] as const

/** A row as JSON: what is not known is `null`, so that every row has the same members. */
const record = (row: PageRow): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(names.map(name => [name, row[name] ?? (name === 'source' ? '' : null)])),
  ...(row.submittedAtMs === undefined ? {} : { submittedAtMs: row.submittedAtMs }),
  ...(row.endedAtMs === undefined ? {} : { endedAtMs: row.endedAtMs }),
})

/** Ids are strings with every digit, and invisible characters have escapes. */
export const toJson = (rows: ReadonlyArray<PageRow>): string =>
  `${JSON.stringify({ version: 1, rows: rows.map(record) }, undefined, 2)
    .split('\n')
    .map(line => visible(line))
    .join('\n')}\n`

/**
 * RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it, because a response can contain anything.
 */
export const toCsv = (rows: ReadonlyArray<PageRow>): string =>
  [names, ...rows.map(row => names.map(name => inert(String(row[name] ?? ''))))]
    .map(fields => `${fields.map(quoted).join(',')}\r\n`)
    .join('')

const inert = (field: string): string =>
  /^[=+\-@\t\r]/.test(field) && !/^-\d+$/.test(field) ? `'${field}` : field

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field

export interface CopiedIds {
  /** An id on each line. */
  readonly text: string
  readonly copied: number
  /** How many ids were left out because a line can't hold them. */
  readonly left: number
}

/** The distinct ids of rows: a line each. Those with invisible characters are left out. */
export const toLines = (ids: ReadonlyArray<string | undefined>): CopiedIds => {
  const distinct = [...new Set(ids.flatMap(id => id ?? []))]
  const printable = distinct.filter(isVisible)
  return {
    text: printable.map(id => `${id}\n`).join(''),
    copied: printable.length,
    left: distinct.length - printable.length,
  }
}
