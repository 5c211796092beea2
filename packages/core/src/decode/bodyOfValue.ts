/**
 * Any value → a body that its task ids can be read from.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { property } from '../error/thrown.js'
import { readJsonDocument } from '../json/JsonDocument.js'
import { type JsonValue, fromPlain, jsonArray, jsonObject, stringifyJson } from '../json/JsonValue.js'

/**
 * Returns text and bytes as they are, and anything else as the JSON closest to it: parsed data, an error, or the response of an
 * HTTP client. Texts within it that are JSON are parsed; what has no form in JSON is left out. The description of a request is
 * left out as well, because its ids are not those of a response.
 */
export const bodyOfValue = (value: unknown): string | Uint8Array => {
  const text = textOf(value)
  if (text !== undefined) return text
  return stringifyJson(toJson(value, maxDepth, new Set()) ?? null)
}

const textOf = (value: unknown): string | Uint8Array | undefined => {
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined
}

/** The objects on the way to a value, and their number, are limited: the response of a client can lead to its sockets. */
const maxDepth = 16
const maxObjects = 100_000

const toJson = (value: unknown, depth: number, seen: Set<object>): JsonValue | undefined => {
  const text = textOf(value)
  if (text !== undefined) {
    const document = readJsonDocument(text)
    if (E.isRight(document)) return document.right.root
    return typeof text === 'string' ? text : undefined
  }
  if (typeof value !== 'object' || value === null) return fromPlain(value)
  if (depth === 0 || seen.has(value) || seen.size === maxObjects) return undefined
  seen.add(value)
  const read = (name: string): JsonValue | undefined => toJson(property(value, name), depth - 1, seen)
  if (Array.isArray(value)) return jsonArray(Object.keys(value).map(index => read(index) ?? null))
  return jsonObject(
    Object.keys(value).flatMap(name => {
      const member = ofRequest.has(name) ? undefined : read(name)
      return member === undefined ? [] : [{ name, value: member }]
    }),
  )
}

/** What HTTP clients call the description of a request in their errors and responses. */
const ofRequest: ReadonlySet<string> = new Set(['config', 'request', 'options', 'req'])
