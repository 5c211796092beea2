/**
 * Lossless JSON: keeps every digit of numbers, the order of members and duplicates, and reports the position of each issue.
 *
 * @since 0.1.0
 */
export { Json, JsonRecord } from './json/Json.js'
/**
 * Paths into a JSON document, as JSON Pointers (RFC 6901): plain strings, which issues carry.
 *
 * @category model
 * @since 0.1.0
 */
export * as JsonPointer from './json/JsonPointer.js'
export {
  type JsonArray,
  type JsonMember,
  type JsonNumber,
  type JsonObject,
  type JsonValue,
  fromPlain,
  isJsonValue,
  jsonArray,
  jsonNumber,
  jsonObject,
  stringifyJson,
  toPlain,
  toPlainRecord,
} from './json/JsonValue.js'
export { type LocatedValue, locate } from './json/locate.js'
export { maxDepth } from './json/maxDepth.js'
export { type JsonSyntaxIssue, type ParsedJson, parseJson } from './json/parseJson.js'
export { type TextPosition, textPosition } from './json/TextPosition.js'
