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

const introduction = `# Supported environments

\`npm run consumers\` packs the packages as they are published, installs them with npm into projects outside this workspace, and uses them there: with each version of Node and TypeScript, with each bundler, and with the oldest and the newest peer dependencies that the ranges allow. The command fails if a result differs from this page. \`npm run consumers -- --write\` writes the page. [testing/consumers](../../testing/consumers/README.md) describes each check.`

export const consumersPage = (matrices: ReadonlyArray<Matrix>): Promise<string> =>
  format([introduction, ...matrices.map(showMatrix)].join('\n\n'), {
    parser: 'markdown',
    printWidth: 110,
  })

const showMatrix = ({ title, text, columns, rows }: Matrix): string =>
  [`## ${title}\n\n${text}\n`, line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')

const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`
