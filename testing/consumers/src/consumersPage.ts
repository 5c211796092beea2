/**
 * docs/reference/consumers.md
 */
import { format } from 'prettier'

/** Rows of cells under a title, the first cell of a row being its name. */
export interface Matrix {
  readonly title: string
  /** What the table says, in a sentence or two. */
  readonly text: string
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

const introduction = `# Who can use the packages

The packages as they are published, packed and installed with npm into projects outside this workspace, and used there: with each version of Node and of TypeScript, through each bundler, with the oldest and the newest peers that the ranges allow. Every cell is what \`npm run consumers\` found; it fails when it finds something else than this page says. \`npm run consumers -- --write\` writes the page. How each check is made is in [testing/consumers](../../testing/consumers/README.md).`

export const consumersPage = (matrices: ReadonlyArray<Matrix>): Promise<string> =>
  format([introduction, ...matrices.map(showMatrix)].join('\n\n'), {
    parser: 'markdown',
    printWidth: 110,
  })

const showMatrix = ({ title, text, columns, rows }: Matrix): string =>
  [`## ${title}\n\n${text}\n`, line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')

const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`
