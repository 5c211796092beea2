/**
 * Columns of text, without lines between them, as `kubectl get` prints them: easy to read, to cut and to copy from.
 *
 * @internal
 */
import { cutToWidth, padToWidth, widthOf } from './width.js'

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  /** Whether it can be cut if the terminal is too narrow. Ids are never cut. */
  readonly canShrink?: boolean
  readonly style?: (text: string, row: Row) => string
}

/** Formats rows. Leaves out columns in which every cell is empty. `columns`: the width to fit into, or none. */
export const table = <Row>(
  rows: ReadonlyArray<Row>,
  all: ReadonlyArray<Column<Row>>,
  columns: number | undefined,
): string => {
  const cells = all.map(({ cell }) => rows.map(cell))
  const used = all.flatMap((column, index) => {
    const texts = cells[index] ?? []
    return texts.some(text => text !== '') ? [{ column, texts, width: widest([column.title, ...texts]) }] : []
  })
  const widths = shrink(
    used.map(({ width, column }) => ({ width, canShrink: column.canShrink ?? false })),
    columns,
  )
  const line = (texts: ReadonlyArray<string>, row?: Row): string =>
    used
      .map(({ column }, index) => {
        const width = widths[index] ?? 0
        const text = cutToWidth(texts[index] ?? '', width)
        const padded = index === used.length - 1 ? text : padToWidth(text, width)
        return row === undefined || column.style === undefined ? padded : column.style(padded, row)
      })
      .join('  ')
      .trimEnd()
  return [
    line(used.map(({ column }) => column.title)),
    ...rows.map((row, index) =>
      line(
        used.map(({ texts }) => texts[index] ?? ''),
        row,
      ),
    ),
  ]
    .map(text => `${text}\n`)
    .join('')
}

const widest = (texts: ReadonlyArray<string>): number =>
  texts.reduce((width, text) => Math.max(width, widthOf(text)), 0)

/** The least width of a column that is cut: enough for a few words. */
const leastWidth = 12

/** Takes what is too much from the columns that can be cut, the last first. */
const shrink = (
  all: ReadonlyArray<{ readonly width: number; readonly canShrink: boolean }>,
  columns: number | undefined,
): ReadonlyArray<number> => {
  const widths = all.map(({ width }) => width)
  if (columns === undefined) return widths
  let excess = widths.reduce((sum, width) => sum + width + 2, -2) - columns
  for (let index = all.length - 1; index >= 0 && excess > 0; index--) {
    const width = widths[index] ?? 0
    if (all[index]?.canShrink !== true || width <= leastWidth) continue
    widths[index] = Math.max(leastWidth, width - excess)
    excess -= width - (widths[index] ?? 0)
  }
  return widths
}
