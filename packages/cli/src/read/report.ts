/**
 * What a command prints at its end: the rows on standard output; what is wrong, and the verdict, on standard error.
 *
 * @internal
 */
import type { ExitCode } from '../exitCodes.js'
import { type Shell, hasColour } from '../output/Shell.js'
import { createStyle } from '../output/styles.js'
import { visible } from '../output/visible.js'
import { type Output, printRows } from './printRows.js'
import type { Doubt, Row, RowState } from './Row.js'
import { showVerdict, verdictOf } from './verdict.js'

export interface Report {
  readonly rows: ReadonlyArray<Row>
  readonly doubts: ReadonlyArray<Doubt>
  readonly output: Output
  readonly only?: RowState | 'again' | undefined
  readonly notes?: ReadonlyArray<string>
  /** What is wrong, in lines that are safe to print. */
  readonly explanations?: ReadonlyArray<string>
  /** What the input was taken for. */
  readonly prefix?: string
  /** Further members of `json`. */
  readonly about?: Readonly<Record<string, unknown>>
}

export const report = (
  shell: Pick<Shell, 'stdout' | 'stderr' | 'env'>,
  { rows: given, doubts, output, only, notes = [], explanations = [], prefix = '', about = {} }: Report,
): ExitCode => {
  const rows = withoutStarted(given)
  const verdict = verdictOf(rows, doubts.length > 0)
  // Where rows are all that is printed, what is in doubt must be one of them.
  const printed = output === 'ndjson' ? [...rows, ...doubts.map(rowOf)] : rows
  const more = printRows(
    shell,
    output,
    only === undefined ? printed : printed.filter(row => isOf(only, row)),
    {
      version: 1,
      exitCode: verdict.exitCode,
      verdict: showVerdict(verdict),
      inDoubt: doubts.length > 0,
      ...about,
    },
  )
  const style = createStyle(hasColour(shell.stderr, shell.env))
  for (const note of [...notes, ...more]) shell.stderr.write(`${style('dim', `note: ${visible(note)}`)}\n`)
  for (const explanation of explanations) shell.stderr.write(explanation)
  shell.stderr.write(`${style('bold', `${prefix}${showVerdict(verdict)}`)}\n`)
  return verdict.exitCode
}

/** A rejection does not count for a resource that may have a task by another response. */
export const withoutStarted = (rows: ReadonlyArray<Row>): ReadonlyArray<Row> => {
  const started = new Set(
    rows.flatMap(({ state, resource }) => (state === 'rejected' || resource === undefined ? [] : [resource])),
  )
  return rows.map(row =>
    row.state === 'rejected' && row.resource !== undefined && started.has(row.resource)
      ? { ...row, again: 'look-first' }
      : row,
  )
}

const rowOf = ({ source, reason }: Doubt): Row => ({
  source,
  state: 'in-doubt',
  resource: undefined,
  task: undefined,
  code: undefined,
  reason,
  message: '',
  again: 'look-first',
})

const isOf = (only: RowState | 'again', { state, again }: Row): boolean =>
  only === 'again' ? again === 'yes' : state === only
