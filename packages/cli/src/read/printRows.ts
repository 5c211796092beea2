/**
 * Rows in the forms that people and programs read.
 *
 * @internal
 */
import { type Shell, hasColour } from '../output/Shell.js'
import { type Style, createStyle } from '../output/styles.js'
import { type Column, table } from '../output/table.js'
import { isVisible, visible, visibleJson } from '../output/visible.js'
import type { Row, RowState } from './Row.js'

export type Output = 'table' | 'wide' | 'json' | 'ndjson' | 'csv' | 'ids'

/** Prints rows to standard output. Returns notes on what this form can't show. `about` is part of `json` only. */
export const printRows = (
  { stdout, env }: Pick<Shell, 'stdout' | 'env'>,
  output: Output,
  rows: ReadonlyArray<Row>,
  about: Readonly<Record<string, unknown>>,
): ReadonlyArray<string> => {
  switch (output) {
    case 'table':
    case 'wide': {
      const style = createStyle(hasColour(stdout, env))
      const columns = output === 'table' && stdout.isTerminal ? stdout.columns : undefined
      if (rows.length > 0) stdout.write(table(rows, columnsOf(output, style), columns))
      return []
    }
    case 'json':
      stdout.write(`${visibleJson({ ...about, rows: rows.map(record) }, 2)}\n`)
      return []
    case 'ndjson':
      stdout.write(rows.map(row => `${visibleJson(record(row))}\n`).join(''))
      return []
    case 'csv':
      stdout.write(
        [csvNames, ...rows.map(csvFields)].map(fields => csvLine(fields, stdout.isTerminal)).join(''),
      )
      return []
    case 'ids': {
      const ids = [...new Set(rows.flatMap(({ task, resource }) => task ?? resource ?? []))]
      const printable = ids.filter(isVisible)
      stdout.write(printable.map(id => `${id}\n`).join(''))
      const left = ids.length - printable.length
      return left === 0
        ? []
        : [
            `${left} ${left === 1 ? 'id has' : 'ids have'} control characters and can't be a line: use -o json`,
          ]
    }
  }
}

const columnsOf = (output: 'table' | 'wide', style: Style): ReadonlyArray<Column<Row>> => [
  { title: 'SOURCE', cell: ({ source }) => visible(source), canShrink: true },
  { title: 'RESOURCE', cell: ({ resource = '' }) => visible(resource) },
  { title: 'TASK', cell: ({ task = '' }) => visible(task) },
  {
    title: 'STATE',
    cell: ({ state }) => state,
    style: (text, { state }) => style(colours[state], text),
  },
  { title: 'CODE', cell: ({ code = '' }) => visible(String(code)) },
  { title: 'SEND AGAIN', cell: ({ again, state }) => (state === 'accepted' ? '' : again) },
  { title: 'REASON', cell: ({ reason }) => visible(reason), canShrink: true },
  ...(output === 'wide' ? [{ title: 'MESSAGE', cell: ({ message }: Row) => visible(message) }] : []),
]

const colours: Readonly<Record<RowState, 'green' | 'red' | 'yellow' | 'magenta'>> = {
  accepted: 'green',
  succeeded: 'green',
  rejected: 'red',
  failed: 'red',
  'in-progress': 'yellow',
  'in-doubt': 'magenta',
}

/** A row as JSON: what is not known is `null`, so that every row has the same members. */
const record = ({ source, state, resource, task, code, reason, message, again }: Row) => ({
  source,
  state,
  resource: resource ?? null,
  task: task ?? null,
  code: code ?? null,
  reason,
  message,
  again,
})

const csvNames = ['source', 'state', 'resource', 'task', 'code', 'reason', 'message', 'again']

const csvFields = ({ source, state, resource, task, code, reason, message, again }: Row) => [
  source,
  state,
  resource ?? '',
  task ?? '',
  String(code ?? ''),
  reason,
  message,
  again,
]

/** RFC 4180. A file has the exact text; a terminal gets no control characters. */
const csvLine = (fields: ReadonlyArray<string>, isTerminal: boolean): string =>
  `${fields
    .map(field => (isTerminal ? visible(field) : field))
    .map(field => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',')}\r\n`
