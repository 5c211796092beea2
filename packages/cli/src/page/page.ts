/**
 * The command `page`.
 *
 * @internal
 */
import {
  type PageData,
  type PageResponse,
  type PageRow,
  describeResponse,
  renderPage,
  withEntries,
} from '@task-outcome/page'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type ExitCode, usageError } from '../exitCodes.js'
import { isHar } from '../input/har.js'
import { readIds } from '../input/readIds.js'
import { explainFileError, readFileOrFail, readInput } from '../input/readInput.js'
import { decodeText } from '../input/readText.js'
import { type Shell, hasColour } from '../output/Shell.js'
import { createStyle } from '../output/styles.js'
import { visible } from '../output/visible.js'
import { findAction } from '../read/Action.js'
import { type DecodedInput, decodeBodies } from '../read/decodeBodies.js'
import { type DecodedBody, textOf } from '../read/decodeBody.js'
import { readPrintedRows } from '../read/printedRows.js'
import type { ReadOptions } from '../read/read.js'
import { withoutStarted } from '../read/report.js'
import { showVerdict, verdictOf } from '../read/verdict.js'

export interface PageOptions extends Pick<ReadOptions, 'format' | 'action' | 'requested'> {
  readonly title?: string | undefined
  readonly output: string
}

export const page = async (
  shell: Shell,
  file: string | undefined,
  { title = titleOf(file), output, ...options }: PageOptions,
): Promise<ExitCode> => {
  const { rows, decoded, inDoubt, notes } = await read(await readInput(shell, file), options)
  const html = renderPage({
    version: 1,
    title,
    rows: showEntries(rows, decoded),
    inDoubt,
    notes,
    responses: decoded.flatMap(describe),
  })
  await write(shell, output, html)
  const verdict = verdictOf(rows, inDoubt)
  const style = createStyle(hasColour(shell.stderr, shell.env))
  for (const note of notes) shell.stderr.write(`${style('dim', `note: ${visible(note)}`)}\n`)
  shell.stderr.write(`${style('bold', showVerdict(verdict))}\n`)
  if (output !== '-') shell.stderr.write(`wrote ${visible(output)}\n`)
  return verdict.exitCode
}

const titleOf = (file: string | undefined): string =>
  file === undefined || file === '-' ? 'standard input' : basename(file)

interface Input extends Pick<DecodedInput, 'rows' | 'decoded' | 'notes'> {
  readonly inDoubt: boolean
}

/** Reads what `read` reads, or what a command printed with `-o json` or `-o ndjson`. */
const read = async (
  bytes: Uint8Array,
  { format, action, requested }: Pick<ReadOptions, 'format' | 'action' | 'requested'>,
): Promise<Input> => {
  const text = decodeText(bytes)
  const printed = text === undefined ? undefined : readPrintedRows(text)
  if (printed !== undefined) return { ...printed, rows: withoutStarted(printed.rows), decoded: [], notes: [] }
  const { decoded, rows, doubts, notes } = await decodeBodies(bytes, {
    format: format === 'auto' ? undefined : format,
    action: action === undefined ? undefined : await findAction(action),
    requested: requested === undefined ? undefined : readIds(await readFileOrFail(requested), requested),
  })
  return {
    rows: withoutStarted(rows),
    decoded,
    inDoubt: doubts.length > 0,
    notes: [
      ...notes,
      ...[...doubts, ...decoded.flatMap(unclear)].map(({ source, reason }) =>
        source === '' ? reason : `${source}: ${reason}`,
      ),
    ],
  }
}

const unclear = ({ body, issue }: DecodedBody): ReadonlyArray<{ source: string; reason: string }> =>
  issue?._tag === 'Unclear' ? [{ source: body.source, reason: issue.message }] : []

const describe = ({ body: { source, content }, issue }: DecodedBody): PageData['responses'] => {
  if (issue?._tag !== 'Error') return []
  const response = describeResponse(issue.error, { source, body: content })
  return [isHar(textOf(content)) ? withoutText(response) : response]
}

/** A broken HTTP archive has the cookies and the signatures of every request. */
const withoutText = (response: PageResponse): PageResponse => ({
  ...response,
  text: undefined,
  issues: response.issues.map(issue => ({ ...issue, excerpt: undefined })),
})

/** Adds to each row its entry in the body that it is from. */
const showEntries = (
  rows: DecodedInput['rows'],
  decoded: DecodedInput['decoded'],
): ReadonlyArray<PageRow> => {
  const contents = new Map(decoded.map(({ body }) => [body.source, body.content]))
  const bySource = new Map<string, DecodedInput['rows'][number][]>()
  for (const row of rows) {
    const others = bySource.get(row.source)
    if (others === undefined) bySource.set(row.source, [row])
    else others.push(row)
  }
  return [...bySource].flatMap(([source, some]) => {
    const content = contents.get(source)
    return content === undefined ? some : withEntries(some, content)
  })
}

const write = async (shell: Shell, output: string, html: string): Promise<void> => {
  if (output === '-') {
    shell.stdout.write(html)
    return
  }
  try {
    await writeFile(output, html)
  } catch (thrown) {
    throw usageError(`cannot write "${visible(output)}": ${explainFileError(thrown)}`)
  }
}
