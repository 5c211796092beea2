/**
 * The command `read`.
 *
 * @internal
 */
import { showTaskError } from '@task-outcome/core'
import { type ExitCode } from '../exitCodes.js'
import { readBodies } from '../input/readBodies.js'
import { readFileOrFail, readInput } from '../input/readInput.js'
import { readIds } from '../input/readIds.js'
import { type Shell, hasColour } from '../output/Shell.js'
import { createStyle } from '../output/styles.js'
import { visible } from '../output/visible.js'
import { findAction } from './Action.js'
import { type DecodedBody, decodeBody } from './decodeBody.js'
import { explainIssue } from './explainIssue.js'
import { type Output, printRows } from './printRows.js'
import type { Row, RowState } from './Row.js'
import { showVerdict, verdictOf } from './verdict.js'

export interface ReadOptions {
  readonly format: 'auto' | 'batch' | 'ordinary' | 'status'
  readonly action?: string | undefined
  readonly requested?: string | undefined
  readonly only?: RowState | 'again' | undefined
  readonly output: Output
}

export const read = async (
  shell: Shell,
  file: string | undefined,
  { format, action, requested, only, output }: ReadOptions,
): Promise<ExitCode> => {
  const options = {
    format: format === 'auto' ? undefined : format,
    action: action === undefined ? undefined : await findAction(action),
    requested: requested === undefined ? undefined : readIds(await readFileOrFail(requested), requested),
  }
  const { bodies, notes } = readBodies(await readInput(shell, file))
  const decoded: DecodedBody[] = []
  for (const body of bodies) decoded.push(await decodeBody(body, options))

  const rows = decoded.flatMap(one => one.rows)
  const verdict = verdictOf(
    rows,
    decoded.some(({ inDoubt }) => inDoubt),
  )
  const shown = only === undefined ? rows : rows.filter(row => isOf(only, row))
  const more = printRows(shell, output, shown, {
    version: 1,
    exitCode: verdict.exitCode,
    verdict: showVerdict(verdict),
    formats: [...new Set(decoded.map(one => one.format))],
    errors: decoded.flatMap(({ body, issue }) =>
      issue === undefined
        ? []
        : [
            {
              source: body.source,
              error: issue._tag === 'Error' ? showTaskError(issue.error) : issue.message,
            },
          ],
    ),
  })

  const style = createStyle(hasColour(shell.stderr, shell.env))
  for (const note of [...notes, ...more]) shell.stderr.write(`${style('dim', `note: ${visible(note)}`)}\n`)
  for (const one of decoded) shell.stderr.write(explainIssue(one))
  shell.stderr.write(`${style('bold', `${showFormats(decoded, format)}${showVerdict(verdict)}`)}\n`)
  return verdict.exitCode
}

const isOf = (only: RowState | 'again', { state, again }: Row): boolean =>
  only === 'again' ? again === 'yes' : state === only

/** What `auto` took the input for. */
const showFormats = (decoded: ReadonlyArray<DecodedBody>, format: ReadOptions['format']): string => {
  const names = [...new Set(decoded.map(one => formatNames[one.format]))].join(', ')
  return names === '' || format !== 'auto' ? '' : `${names}: `
}

const formatNames: Readonly<Record<DecodedBody['format'], string>> = {
  batch: 'batch',
  ordinary: 'ordinary',
  status: 'status',
  'api-3': 'API 3.0',
}
