/**
 * The body of a batch response → the outcome for every resource.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { ContractIssue } from '../error/ContractIssue.js'
import type { SubmissionError } from '../error/TaskError.js'
import type { JsonRecord } from '../json/Json.js'
import { type JsonDocument, readJsonDocument } from '../json/JsonDocument.js'
import { type BatchOutcome, entries } from '../outcome/BatchOutcome.js'
import { fastDecodeBatch } from '../fast-path/fastDecode.js'
import { type BatchReading, readBatch } from '../wire/BatchTaskResponse.js'
import { type Fields, readId, toExtra } from '../wire/fields.js'
import type { ShapeIssue } from '../wire/ShapeIssue.js'
import { taskIdNames } from '../wire/TaskIdPath.js'
import { type NotAny, ifReadable } from './body.js'
import type { BatchDecodeOptions } from './BatchDecodeOptions.js'
import { type DecodeReport, toResult, malformedJson } from './toResult.js'
import { judgeEntries } from './entries.js'
import { type CheckResources, checkResources } from './expectedResources.js'
import { decodeBatchExtras } from './extra.js'
import { outcomeOf } from './outcomeOf.js'
import { refusalOf } from './classification.js'
import { decoderWith, readBatchOptions } from './readOptions.js'

/**
 * Decodes the body of a batch response, as text or bytes.
 *
 * `Right`: the API accepted or rejected every resource. `Left`: `Rejected`, `ContractViolation`, `ShapeError` or
 * `MalformedJson`. It never throws, and every task id in the body is in the `Right` or in `recovered`.
 *
 * Source: PROTOCOL.md, section 3, rows 4–14.
 *
 * @example
 * import { decodeBatchTask } from '@task-outcome/core'
 *
 * decodeBatchTask('{"code":0,"message":"","detail":{"ins-1":{"code":0,"message":"","requestId":"17"}}}')
 * // right: AllAccepted, accepted[0].taskId '17'
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeBatchTask = <Body extends string | Uint8Array>(
  body: NotAny<Body>,
): E.Either<SubmissionError, BatchOutcome> => ifReadable(body, decodeAnyBatch)

const decodeAnyBatch = (body: string | Uint8Array): E.Either<SubmissionError, BatchOutcome> =>
  fastDecodeBatch(body) ?? decodeStrict(body)

/**
 * Decodes every body as `decodeBatchTask` does, without the fast path.
 *
 * @internal
 */
export const decodeStrict = (
  body: string | Uint8Array,
  check?: CheckResources,
): E.Either<SubmissionError, BatchOutcome> =>
  pipe(readJsonDocument(body), E.mapLeft(malformedJson), E.chainW(judge(check)))

/**
 * Returns `decodeBatchTask`, with a check of the resources if they are known.
 *
 * @internal
 */
export const decodeBatchTaskFor = (
  expected: ReadonlyArray<string> | undefined,
): ((body: string | Uint8Array) => E.Either<SubmissionError, BatchOutcome>) => {
  if (expected === undefined) return decodeAnyBatch
  const check = checkResources(expected)
  return body => {
    const fast = fastDecodeBatch(body)
    return fast !== undefined && (E.isLeft(fast) || check(entries(fast.right)) === undefined)
      ? fast
      : decodeStrict(body, check)
  }
}

/**
 * {@link decodeBatchTask} with options. `response` and `entry` are codecs for the extra fields of the response and of its
 * accepted entries: if one fails and something was accepted, the result is a `ShapeError` with the ids in `recovered`.
 * `expected` has the ids of the requested resources: if the entries are of others, the result is a `ContractViolation`.
 *
 * @example
 * import * as t from 'io-ts'
 * import { decodeBatchTaskWith } from '@task-outcome/core'
 *
 * const decodeStarted = decodeBatchTaskWith({ entry: t.type({ dealId: t.string }) })
 *
 * decodeStarted('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17","dealId":"d-1"}}}')
 * // right: AllAccepted, accepted[0].extra.dealId 'd-1'
 *
 * const decodeTwo = decodeBatchTaskWith({ expected: ['ins-1', 'ins-2'] })
 *
 * decodeTwo('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}')
 * // left: ContractViolation, issues[0] { _tag: 'ResourceMismatch', missing: ['ins-2'], unrequested: [] }
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeBatchTaskWith = <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
  options: BatchDecodeOptions<ResponseExtra, EntryExtra>,
): (<Body extends string | Uint8Array>(
  body: NotAny<Body>,
) => E.Either<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>>) => {
  const decode = decoderWith(readBatchOptions(options), valid => {
    const decodeBatch = decodeBatchTaskFor(valid.expected)
    return body => pipe(decodeBatch(body), E.chain(decodeBatchExtras(valid, body)))
  })
  return body => ifReadable(body, decode)
}

const judge =
  (check: CheckResources | undefined) =>
  (document: JsonDocument): E.Either<SubmissionError, BatchOutcome> => {
    const shapeIssues: ShapeIssue[] = []
    const reading = readBatch(document.root, shapeIssues)
    if (reading === undefined) return toResult(document, { shapeIssues })
    const found =
      reading.entries.length === 0 ? judgeWithoutEntries(reading) : judgeWithEntries(reading, check)
    return toResult(document, { ...found, shapeIssues })
  }

const judgeWithoutEntries = ({ fields }: BatchReading): DecodeReport<BatchOutcome> => {
  const { code } = fields
  switch (code) {
    case undefined:
      return {}
    case 0: // Row 14: "batch requested, `code` 0, and a task id at the top but no `detail`"; else row 8.
      return { contractIssues: [hasIdAtTop(fields) ? formatMismatch : { _tag: 'MissingEntries', code }] }
    case 5400: // Row 8.
      return { contractIssues: [{ _tag: 'MissingEntries', code }] }
    default: // Row 7.
      return { refused: refusalOf('request', code, fields) }
  }
}

const hasIdAtTop = ({ others }: Fields): boolean =>
  others.some(({ name, value }) => taskIdNames.has(name) && readId(value)._tag === 'Id')

const formatMismatch: ContractIssue = { _tag: 'FormatMismatch', requested: 'batch', received: 'ordinary' }

const judgeWithEntries = (reading: BatchReading, check?: CheckResources): DecodeReport<BatchOutcome> => {
  const { fields } = reading
  const { message, codeDesc } = fields
  const { accepted, rejected, entries: judged, idsMissing } = judgeEntries(reading.entries)
  const mismatch = check?.(reading.entries)
  const contractIssues = [
    ...contradictions(reading),
    ...idsMissing,
    ...(mismatch === undefined ? [] : [mismatch]),
  ]
  const outcome = outcomeOf({ accepted, rejected }, { message, codeDesc, extra: toExtra(fields.others) })
  const found = { contractIssues, entries: judged }
  return outcome === undefined ? found : { ...found, outcome }
}

/**
 * Row 9: "the outer code and the entries contradict each other (0 with a rejected entry, 5100 with an accepted one,
 * 5400 with only one kind, any other code with entries)".
 */
const contradictions = ({ fields, entries }: BatchReading): ReadonlyArray<ContractIssue> => {
  const { code } = fields
  if (code === undefined) return []
  // An entry's code counts whatever its id: one with code 0 says that its task was accepted.
  let accepted = 0
  let rejected = 0
  for (const entry of entries)
    if (entry.fields?.code === 0) accepted++
    else if (entry.fields?.code !== undefined) rejected++
  const contradicts = (): boolean => {
    switch (code) {
      case 0:
        return rejected > 0
      case 5100:
        return accepted > 0
      case 5400:
        return accepted + rejected === entries.length && (accepted === 0 || rejected === 0)
      default:
        return true
    }
  }
  return contradicts() ? [{ _tag: 'CodeMismatch', code, accepted, rejected }] : []
}
