/**
 * The batch format: many resources per request.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { JsonRecord } from '../json/Json.js'
import * as JsonPointer from '../json/JsonPointer.js'
import { type JsonValue, jsonNumber, jsonObject } from '../json/JsonValue.js'
import { type Fields, isJsonObject, readFields, toExtra, valuesOf } from './fields.js'
import { OrdinaryTaskResponse, toOrdinaryTaskResponse } from './OrdinaryTaskResponse.js'
import { ResourceId } from './ResourceId.js'
import { type ShapeFault, describeFound, shapeFault } from './ShapeFault.js'
import { type Reading, wireCodec, writeMembers } from './wireCodec.js'

/**
 * What a batch answer says about one resource: the same fields as an ordinary answer.
 *
 * @category model
 * @since 0.1.0
 */
export type BatchTaskEntry = OrdinaryTaskResponse

/**
 * What an API answers about many resources.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchTaskResponse {
  /** 0: all accepted; 5100: none; 5400: some; anything else: the request as a whole was refused. */
  readonly code: number
  readonly message: string
  readonly codeDesc: string
  /** The entries in the order of the body; none where `detail` is absent, `null`, `{}` or `[]`. */
  readonly detail: ReadonlyArray<readonly [ResourceId, BatchTaskEntry]>
  /** The fields that the format does not name. */
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
  const faults: ShapeFault[] = []
  const reading = readBatch(value, faults)
  if (reading?.fields.code === undefined || faults.length > 0) return E.left(faults)
  const { code, message, codeDesc, others } = reading.fields
  const detail = reading.entries.flatMap(({ resourceId, fields }) => {
    const entry = toOrdinaryTaskResponse(fields)
    return entry === undefined ? [] : [[resourceId, entry] as const]
  })
  return E.right({ code, message, codeDesc, detail, extra: toExtra(others) })
}

const shape = t.type({
  code: integer,
  message: t.string,
  codeDesc: t.string,
  detail: t.readonlyArray(t.tuple([ResourceId, BatchTaskEntry])),
  extra: JsonRecord,
})

/**
 * The codec of the batch format on the wire. It decodes a `JsonValue` (see `parseJson`), or plain JSON as `JSON.parse`
 * gives it, though there the order of integer-like resource ids is lost already, and an id that may have been rounded
 * is refused. It encodes to a `JsonValue`, which keeps the order of the entries.
 *
 * @example
 * import { BatchTaskResponse, printJson } from '@task-outcome/core'
 *
 * BatchTaskResponse.decode({ code: 0, detail: { 'ins-1': { code: 0, requestId: '17' } } })
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
 * A batch answer as far as it can be read.
 *
 * @internal
 */
export interface BatchReading {
  readonly fields: Fields
  /** `detail` is absent, `null`, `{}` or `[]`. */
  readonly detailIsEmpty: boolean
  /** The entries that are objects, in the order of the body. */
  readonly entries: ReadonlyArray<EntryReading>
}

/**
 * @internal
 */
export interface EntryReading {
  readonly resourceId: ResourceId
  readonly path: JsonPointer.JsonPointer
  readonly fields: Fields
}

/**
 * Reads a batch answer; faults are added to `faults`. `undefined` if it is no object.
 *
 * @internal
 */
export const readBatch = (value: JsonValue, faults: ShapeFault[]): BatchReading | undefined => {
  if (!isJsonObject(value)) {
    faults.push(shapeFault(JsonPointer.root, 'an object', describeFound(value)))
    return undefined
  }
  const details = valuesOf(value, 'detail').filter(detail => !isEmpty(detail))
  return {
    fields: readFields(value, JsonPointer.root, 'withDetail', faults),
    detailIsEmpty: details.length === 0,
    entries: details.flatMap(detail => readDetail(detail, faults)),
  }
}

/** "`detail`: absent, `null`, `{}` and `[]` are empty" */
const isEmpty = (detail: JsonValue): boolean =>
  detail === null ||
  (typeof detail === 'object' &&
    ((detail._tag === 'JsonArray' && detail.items.length === 0) ||
      (detail._tag === 'JsonObject' && detail.members.length === 0)))

/** "any other list is a shape error", and so is any scalar. */
const readDetail = (detail: JsonValue, faults: ShapeFault[]): ReadonlyArray<EntryReading> => {
  const path = JsonPointer.child(JsonPointer.root, 'detail')
  if (!isJsonObject(detail)) {
    faults.push(shapeFault(path, 'an object with an entry for each resource', describeFound(detail)))
    return []
  }
  return detail.members.flatMap(({ name, value }) => {
    const entryPath = JsonPointer.child(path, name)
    if (!isJsonObject(value)) {
      faults.push(shapeFault(entryPath, 'an entry: an object with a code', describeFound(value)))
      return []
    }
    const fields = readFields(value, entryPath, 'withRequestId', faults)
    return [{ resourceId: name as ResourceId, path: entryPath, fields }]
  })
}
