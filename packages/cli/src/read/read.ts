/**
 * The command `read`.
 *
 * @internal
 */
import { showTaskError } from '@task-outcome/core'
import type { ExitCode } from '../exitCodes.js'
import { readFileOrFail, readInput } from '../input/readInput.js'
import { readIds } from '../input/readIds.js'
import type { Shell } from '../output/Shell.js'
import { findAction } from './Action.js'
import { decodeBodies } from './decodeBodies.js'
import type { DecodedBody } from './decodeBody.js'
import { explainIssue } from './explainIssue.js'
import type { Output } from './printRows.js'
import { report } from './report.js'
import type { RowState } from './Row.js'

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
  const { decoded, rows, doubts, notes } = await decodeBodies(await readInput(shell, file), options)
  return report(shell, {
    rows,
    doubts,
    output,
    only,
    notes,
    explanations: decoded.map(explainIssue),
    prefix: showFormats(decoded, format),
    about: {
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
    },
  })
}

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
