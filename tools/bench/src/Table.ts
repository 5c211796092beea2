/**
 * Tables, in plain text and in Markdown.
 */
export interface Table {
  readonly columns: ReadonlyArray<Column>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

export interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
}

export const showText = (table: Table): string => {
  const { titles, rows, widths } = layOut(table)
  const rule = widths.map(width => '─'.repeat(width))
  return [titles, rule, ...rows].map(cells => cells.join('  ').trimEnd()).join('\n')
}

export const showMarkdown = (table: Table): string => {
  const { titles, rows, widths } = layOut(table)
  const rule = table.columns.map(({ align }, index) => {
    const width = widths[index] ?? 0
    return align === 'left' ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`
  })
  return [titles, rule, ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

const layOut = ({ columns, rows }: Table) => {
  const widths = columns.map(({ title }, index) =>
    Math.max(3, title.length, ...rows.map(row => row[index]?.length ?? 0)),
  )
  const pad = (cells: ReadonlyArray<string>): ReadonlyArray<string> =>
    columns.map(({ align }, index) => {
      const [cell, width] = [cells[index] ?? '', widths[index] ?? 0]
      return align === 'left' ? cell.padEnd(width) : cell.padStart(width)
    })
  return { titles: pad(columns.map(({ title }) => title)), rows: rows.map(pad), widths }
}
