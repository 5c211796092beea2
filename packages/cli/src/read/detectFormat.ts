/**
 * Which format a body has.
 *
 * @internal
 */
import { type JsonObject, type JsonValue, parseJson } from '@task-outcome/core/json'
import { taskIdNames } from '@task-outcome/core/wire'

/** `api-3`: the envelope of API 3.0, in which the action decides what the response means. */
export type Format = 'batch' | 'ordinary' | 'status' | 'api-3'

/** Guesses the format of a body by its members. Of a body that is not JSON, those before the first issue count. */
export const detectFormat = (text: string): Format => {
  // Large bodies are batches: to parse one a second time takes as long as to decode it.
  if (batchStart.test(text)) return 'batch'
  const parsed = parseJson(text)
  const root = parsed._tag === 'Right' ? parsed.right.value : parsed.left.partial
  if (!isObject(root)) return 'ordinary'
  if (isObject(member(root, 'Response'))) return 'api-3'
  const detail = member(root, 'detail')
  if (detail !== undefined && (!isObject(detail) || detail.members.length === 0 || hasEntry(detail)))
    return 'batch'
  const code = member(root, 'code')
  if (isNumber(code, '5400')) return 'batch'
  const data = member(root, 'data')
  return isObject(data) && member(data, 'status') !== undefined && !hasId(root) && !hasId(data)
    ? 'status'
    : 'ordinary'
}

/** A `detail` whose first entry has a code or an id, after a few short members. */
const batchStart =
  /^\ufeff?\s*\{(?:\s*"(?:code|message|codeDesc)"\s*:\s*(?:-?\d+|"[^"\\]{0,200}")\s*,){0,3}\s*"detail"\s*:\s*\{\s*"[^"\\]{1,200}"\s*:\s*\{\s*"(?:code|requestId)"\s*:/

/** As row 14 of the protocol: "an object in which something has a `code` or a `requestId`". */
const hasEntry = (detail: JsonObject): boolean =>
  detail.members.some(
    ({ value }) =>
      isObject(value) && value.members.some(({ name }) => name === 'code' || name === 'requestId'),
  )

const hasId = (object: JsonObject): boolean => object.members.some(({ name }) => taskIdNames.has(name))

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && value._tag === 'JsonObject'

const isNumber = (value: JsonValue | undefined, digits: string): boolean =>
  value === digits ||
  (typeof value === 'object' && value !== null && value._tag === 'JsonNumber' && value.literal === digits)

const member = (object: JsonObject, name: string): JsonValue | undefined =>
  object.members.find(one => one.name === name)?.value
