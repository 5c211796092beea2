/**
 * The batch format: many resources for each request.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { refine } from '../codec/refine.js'
import type { JsonRecord } from '../json/Json.js'
import * as JsonPointer from '../json/JsonPointer.js'
import { type JsonValue, jsonNumber, jsonObject } from '../json/JsonValue.js'
import { type Fields, extraFields, isEmpty, isJsonObject, readFields, toExtra, valuesOf } from './fields.js'
import { OrdinaryTaskResponse, toOrdinaryTaskResponse } from './OrdinaryTaskResponse.js'
import { ResourceId } from './ResourceId.js'
import { type ShapeIssue, describeFound, shapeIssue } from './ShapeIssue.js'
import { type Reading, wireCodec, writeMembers } from './wireCodec.js'

/**
 * The entry of one resource in a batch response. It has the same fields as an ordinary response.
 *
 * @category model
 * @since 0.1.0
 */
export type BatchTaskEntry = OrdinaryTaskResponse

/**
 * A response in the batch format.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchTaskResponse {
  /** 0: all accepted; 5100: none; 5400: some; anything else: the request was rejected as a whole. */
  readonly code: number
  readonly message: string
  readonly codeDesc: string
  /** The entries in the order of the body; empty if `detail` is absent, `null`, `{}` or `[]`. */
  readonly detail: ReadonlyArray<readonly [ResourceId, BatchTaskEntry]>
  /** The extra fields. */
  readonly extra: JsonRecord
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

/**
 * The codec of the entry of a batch on the wire.
 *
 * @category codecs
 * @since 0.1.0
 */
export const BatchTaskEntry: t.Type<BatchTaskEntry, JsonValue> = OrdinaryTaskResponse

const read = (value: JsonValue): Reading<BatchTaskResponse> => {
  const issues: ShapeIssue[] = []
  const reading = readBatch(value, issues)
  const response = reading === undefined ? undefined : toBatchTaskResponse(reading)
  return response === undefined || issues.length > 0 ? E.left(issues) : E.right(response)
}

const toBatchTaskResponse = ({ fields, entries }: BatchReading): BatchTaskResponse | undefined => {
  const { code, message, codeDesc, others } = fields
  const detail = pipe(
    entries,
    O.traverseArray(entry =>
      pipe(
        O.fromNullable(entry.fields),
        O.chainNullableK(toOrdinaryTaskResponse),
        O.map(response => [entry.resourceId, response] as const),
      ),
    ),
  )
  return code === undefined || O.isNone(detail)
    ? undefined
    : { code, message, codeDesc, detail: detail.value, extra: toExtra(others) }
}

const shape = t.type({
  code: integer,
  message: t.string,
  codeDesc: t.string,
  detail: refine(
    'entries, none twice',
    t.readonlyArray(t.tuple([ResourceId, BatchTaskEntry])),
    entries => new Set(entries.map(([resourceId]) => resourceId)).size === entries.length,
  ),
  extra: extraFields('withDetail'),
})

/**
 * The codec of the batch format on the wire. It decodes a `JsonValue` (see `parseJson`) or the plain JSON of `JSON.parse`.
 * Plain JSON has already lost the order of integer-like resource ids, and an id in it that may have been rounded is rejected.
 * Encodes to a `JsonValue`, which keeps the order of the entries.
 *
 * @example
 * import { BatchTaskResponse } from '@task-outcome/core/wire'
 *
 * BatchTaskResponse.decode({ code: 0, detail: { 'ins-1': { code: 0, requestId: '17' } } })
 * // right: detail [['ins-1', { code: 0, message: '', codeDesc: '', requestId: '17', extra: {} }]]
 *
 * @category codecs
 * @since 0.1.0
 */
export const BatchTaskResponse: t.Type<BatchTaskResponse, JsonValue> = wireCodec(
  'BatchTaskResponse',
  (u): u is BatchTaskResponse => shape.is(u),
  read,
  response =>
    jsonObject(
      writeMembers(
        'withDetail',
        [
          { name: 'code', value: jsonNumber(String(response.code)) },
          { name: 'message', value: response.message },
          ...(response.codeDesc === '' ? [] : [{ name: 'codeDesc', value: response.codeDesc }]),
          {
            name: 'detail',
            value: jsonObject(
              response.detail.map(([name, entry]) => ({ name, value: BatchTaskEntry.encode(entry) })),
            ),
          },
        ],
        response.extra,
      ),
    ),
)

// -------------------------------------------------------------------------------------
// for the other modules of core
// -------------------------------------------------------------------------------------

/**
 * The fields and entries of a batch response, as far as they could be read.
 *
 * @internal
 */
export interface BatchReading {
  readonly fields: Fields
  /** In the order of the body; empty if `detail` is absent, `null`, `{}`, `[]` or not an object. */
  readonly entries: ReadonlyArray<EntryReading>
}

/**
 * @internal
 */
export interface EntryReading {
  readonly resourceId: ResourceId
  readonly path: JsonPointer.JsonPointer
  /** `undefined` if the entry is not an object. */
  readonly fields: Fields | undefined
}

/**
 * Reads a batch response and adds issues to `issues`. Returns `undefined` if it is not an object.
 *
 * @internal
 */
export const readBatch = (value: JsonValue, issues: ShapeIssue[]): BatchReading | undefined => {
  if (!isJsonObject(value)) {
    issues.push(shapeIssue(JsonPointer.root, 'an object', describeFound(value)))
    return undefined
  }
  return {
    fields: readFields(value, JsonPointer.root, 'withDetail', issues),
    entries: valuesOf(value, 'detail').flatMap(detail => readEntries(detail, issues)),
  }
}

/**
 * Reads the entries of a `detail` and adds issues to `issues`. "absent, `null`, `{}` and `[]` are empty; any other array is a
 * shape error", and so is any scalar.
 *
 * @internal
 */
export const readEntries = (detail: JsonValue, issues: ShapeIssue[]): ReadonlyArray<EntryReading> => {
  const path = JsonPointer.child(JsonPointer.root, 'detail')
  if (isJsonObject(detail))
    return detail.members.map(({ name, value }) => {
      const entryPath = JsonPointer.child(path, name)
      return {
        resourceId: name as ResourceId,
        path: entryPath,
        fields: readEntry(value, entryPath, issues),
      }
    })
  if (!isEmpty(detail))
    issues.push(shapeIssue(path, 'an object with an entry for each resource', describeFound(detail)))
  return []
}

const readEntry = (
  entry: JsonValue,
  path: JsonPointer.JsonPointer,
  issues: ShapeIssue[],
): Fields | undefined => {
  if (isJsonObject(entry)) return readFields(entry, path, 'withRequestId', issues)
  issues.push(shapeIssue(path, 'an entry (an object with a code)', describeFound(entry)))
  return undefined
}
