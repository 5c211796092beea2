/**
 * The body of a response about a task's state → the state.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type QueryError, type SubmissionError, toQueryError } from '../error/TaskError.js'
import type { Json } from '../json/Json.js'
import { fastDecodeStatus } from '../fast-path/fastDecode.js'
import { type JsonDocument, readJsonDocument } from '../json/JsonDocument.js'
import { toPlain } from '../json/JsonValue.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import { toExtra } from '../wire/fields.js'
import type { ShapeIssue } from '../wire/ShapeIssue.js'
import { readTaskStatus } from '../wire/TaskStatusResponse.js'
import { type NotAny, ifReadable } from './body.js'
import { toResult, malformedJson } from './toResult.js'
import { withOutputAndData } from './extra.js'
import type { TaskStatusCodecs } from './TaskStatusCodecs.js'
import { classify } from './classification.js'
import { decoderWith, readStatusCodecs } from './readOptions.js'

/**
 * Decodes the body of a response about a task's state: a text, or its bytes.
 *
 * `Right`: the task has succeeded, has failed, or is in progress. `Left`: `QueryRejected`, `ContractViolation`, `ShapeError`
 * or `MalformedJson`: the query failed, which says nothing about the task. It never throws.
 *
 * Source: PROTOCOL.md, section 4, and what section 3 says of reading values.
 *
 * @example
 * import { decodeTaskStatus } from '@task-outcome/core'
 *
 * decodeTaskStatus('{"code":0,"message":"","codeDesc":"Success","data":{"status":2}}') // right: InProgress
 * decodeTaskStatus('{"code":0,"data":{"status":1,"output":{"code":7,"message":"disk full"}}}') // right: Failed, with output
 * decodeTaskStatus('{"code":4400,"message":"too fast"}') // left: QueryRejected, advice 'later'
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeTaskStatus = <Body extends string | Uint8Array>(
  body: NotAny<Body>,
): E.Either<QueryError, TaskStatus> => pipe(ifReadable(body, readStatusBody), E.mapLeft(toQueryError))

/**
 * {@link decodeTaskStatus} with codecs for the output and the data of the task. If one fails, the result is a `ShapeError`.
 *
 * @example
 * import { decodeTaskStatusWith } from '@task-outcome/core'
 * import * as t from 'io-ts'
 *
 * const decodeImage = decodeTaskStatusWith({ data: t.type({ imageId: t.string }) })
 *
 * decodeImage('{"code":0,"data":{"status":0,"data":{"imageId":"img-1"}}}') // right: Succeeded, data.imageId 'img-1'
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeTaskStatusWith = <Output = Json, Data = Json>(
  codecs: TaskStatusCodecs<Output, Data>,
): (<Body extends string | Uint8Array>(
  body: NotAny<Body>,
) => E.Either<QueryError, TaskStatus<Output, Data>>) => {
  const decode = decoderWith(
    readStatusCodecs(codecs),
    valid => body => pipe(readStatusBody(body), E.chain(withOutputAndData(valid, body))),
  )
  return body => pipe(ifReadable(body, decode), E.mapLeft(toQueryError))
}

/** @internal */
export const readStatusBody = (body: string | Uint8Array): E.Either<SubmissionError, TaskStatus> =>
  fastDecodeStatus(body) ?? decodeStrict(body)

/**
 * Decodes every body as `decodeTaskStatus` does, without the fast path.
 *
 * @internal
 */
export const decodeStrict = (body: string | Uint8Array): E.Either<SubmissionError, TaskStatus> =>
  pipe(readJsonDocument(body), E.mapLeft(malformedJson), E.chainW(judge))

const judge = (document: JsonDocument): E.Either<SubmissionError, TaskStatus> => {
  const shapeIssues: ShapeIssue[] = []
  const reading = readTaskStatus(document.root, shapeIssues)
  if (reading === undefined) return toResult(document, { shapeIssues })
  const { fields, state } = reading
  const classification = classify('request', fields)
  if (classification._tag === 'Refused') return toResult(document, { shapeIssues, refused: classification })
  if (state === undefined) return toResult(document, { shapeIssues })
  const { message, codeDesc, others } = fields
  return toResult<TaskStatus>(document, {
    shapeIssues,
    outcome: {
      _tag: state.status,
      message,
      codeDesc,
      ...(state.output === null ? {} : { output: toPlain(state.output) }),
      ...(state.data === null ? {} : { data: toPlain(state.data) }),
      statusExtra: toExtra(state.others),
      extra: toExtra(others),
    },
  })
}
