/**
 * Decoders for other formats: a format reads the JSON of a body, the rest is done here.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { QueryError, SubmissionError } from '../error/TaskError.js'
import { readJsonDocument } from '../json/JsonDocument.js'
import type { JsonValue } from '../json/JsonValue.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import { type BatchOutcome, entries } from '../outcome/BatchOutcome.js'
import { forAllSends } from './acrossSends.js'
import { type NotAny, ifReadable } from './body.js'
import { bodyOf, ofQuery } from './described.js'
import type { HttpResponse } from './HttpResponse.js'
import { recoverFromBodyWith } from './recovered.js'
import { type DecodeReport, malformedJson, toResult } from './toResult.js'
import { noEntries, underStatus } from './underStatus.js'

/**
 * A format of responses.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResponseFormat<Outcome> {
  /** Reads the JSON of a body. Equal duplicates of members are already merged; the other ones become issues by themselves. */
  readonly read: (root: JsonValue) => DecodeReport<Outcome>
  /** The names of the members that hold task ids, at any depth. Without a `root` the body is not JSON. */
  readonly taskIdNames: (root: JsonValue | undefined) => ReadonlySet<string>
}

/**
 * A format of responses to submissions.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmissionFormat<Outcome> extends ResponseFormat<Outcome> {
  /** Whether the body of an error is a response of the API that holds a task, although it has issues. */
  readonly hasTask: (error: SubmissionError) => boolean
}

/**
 * Creates a decoder of responses to submissions from their format. Parsing without loss, the order of errors, the HTTP status
 * (PROTOCOL.md, section 3, rows 11–17), other requests of the same exchange (section 6) and masking work as for the formats
 * of core.
 *
 * @example
 * import { createSubmissionDecoder } from '@task-outcome/core/adapter'
 * import { shapeIssue } from '@task-outcome/core/wire'
 *
 * // A format that has a task in every body that is a text.
 * const decode = createSubmissionDecoder({
 *   read: root =>
 *     typeof root === 'string'
 *       ? { outcome: { _tag: 'AcceptedTask', taskId: root as never, message: '', codeDesc: '', extra: {} } }
 *       : { shapeIssues: [shapeIssue('', 'a string', 'something else')] },
 *   taskIdNames: () => new Set<string>(),
 *   hasTask: () => false,
 * })
 *
 * decode({ status: 200, body: '"17"' }) // right: taskId '17'
 * decode({ status: 502, body: '<html>' }) // left: HttpStatusError
 *
 * @category constructors
 * @since 0.1.0
 */
export const createSubmissionDecoder = <Outcome extends AcceptedTask | BatchOutcome>(
  format: SubmissionFormat<Outcome>,
): (<Body extends string | Uint8Array>(
  response: HttpResponse<NotAny<Body>>,
) => E.Either<SubmissionError, Outcome>) => {
  const decodeAlone = decodeIn<Outcome>(format, outcome =>
    outcome._tag === 'AcceptedTask' ? [] : entries(outcome),
  )
  const recover = recoverFromBodyWith(format.taskIdNames)
  return response => forAllSends(response, decodeAlone(response), decodeAlone, recover)
}

/**
 * Creates a decoder of responses to queries from their format, as {@link createSubmissionDecoder} does. A refused query is a
 * `QueryRejected`.
 *
 * @example
 * import { createQueryDecoder } from '@task-outcome/core/adapter'
 * import { shapeIssue } from '@task-outcome/core/wire'
 *
 * // A format that is the number of open tasks.
 * const decode = createQueryDecoder({
 *   read: root =>
 *     typeof root === 'string' ? { outcome: Number(root) } : { shapeIssues: [shapeIssue('', 'a string', 'another value')] },
 *   taskIdNames: () => new Set<string>(),
 * })
 *
 * decode({ status: 200, body: '"3"' }) // right: 3
 *
 * @category constructors
 * @since 0.1.0
 */
export const createQueryDecoder = <Outcome>(
  format: ResponseFormat<Outcome>,
): (<Body extends string | Uint8Array>(
  response: HttpResponse<NotAny<Body>>,
) => E.Either<QueryError, Outcome>) => {
  // A query starts no task, so none can have been accepted.
  const decodeAlone = decodeIn<Outcome>({ ...format, hasTask: () => false }, noEntries)
  return response => ofQuery(response, decodeAlone(response))
}

/** Decodes a response without the other requests of its exchange. */
const decodeIn = <Outcome>(
  { read, taskIdNames, hasTask }: SubmissionFormat<Outcome>,
  entriesOf: Parameters<typeof underStatus<Outcome>>[3],
): ((response: HttpResponse) => E.Either<SubmissionError, Outcome>) => {
  const recover = recoverFromBodyWith(taskIdNames)
  const decodeBody = (body: string | Uint8Array): E.Either<SubmissionError, Outcome> =>
    pipe(
      readJsonDocument(body),
      E.mapLeft(malformed => malformedJson(malformed, taskIdNames(undefined))),
      E.chainW(document => toResult(document, read(document.root), taskIdNames(document.root))),
    )
  return response =>
    ifReadable(
      bodyOf(response),
      body => underStatus(response, body, decodeBody(body), entriesOf, hasTask, recover),
      taskIdNames,
    )
}
