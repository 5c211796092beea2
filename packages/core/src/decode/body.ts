/**
 * Checks that a body is text or bytes.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ShapeError, SubmissionError } from '../error/TaskError.js'
import { root } from '../json/JsonPointer.js'
import { type JsonMember, type JsonValue, fromPlain, jsonArray, jsonObject } from '../json/JsonValue.js'
import { isArray, kindOf } from '../json/kindOf.js'
import { maxDepth } from '../json/maxDepth.js'
import { isPlainObject } from '../json/plainObject.js'
import { recoverTasks } from '../wire/RecoveredTask.js'
import { shapeIssue } from '../wire/ShapeIssue.js'
import { shapeError } from './toResult.js'

/**
 * Is `never` for `any`, and `A` for every other type, so that a parameter of this type rejects `any`. An `any` in the place of a
 * body is usually parsed JSON, such as `data` of an axios response, and parsing can lose ids.
 *
 * @example
 * import { type NotAny } from '@task-outcome/core/adapter'
 *
 * declare const lengthOf: <Body extends string | Uint8Array>(body: NotAny<Body>) => number
 *
 * lengthOf('{}')
 * lengthOf(JSON.stringify({})) // lengthOf(JSON.parse('{}')) does not compile
 *
 * @category model
 * @since 0.1.0
 */
export type NotAny<A> = 0 extends 1 & A ? never : A

/**
 * Returns a body as text or bytes. Accepts every view and buffer of any realm. Returns `undefined` for anything else, which
 * untyped callers can pass.
 */
const readableBody = (body: unknown): string | Uint8Array | undefined => {
  if (typeof body === 'string') return body
  try {
    const isView = ArrayBuffer.isView(body)
    if (isView && body instanceof Uint8Array) return body
    const { buffer, byteOffset, byteLength } = isView ? body : new DataView(body as ArrayBuffer)
    return new Uint8Array(buffer, byteOffset, byteLength)
  } catch {
    return undefined
  }
}

/**
 * Decodes a body if it is text or bytes, and returns a `ShapeError` otherwise.
 *
 * @internal
 */
export const ifReadable = <Outcome>(
  body: unknown,
  decode: (body: string | Uint8Array) => E.Either<SubmissionError, Outcome>,
  idNamesOf: (root: JsonValue) => ReadonlySet<string> | undefined = () => undefined,
): E.Either<SubmissionError, Outcome> => {
  const readable = readableBody(body)
  return readable === undefined ? E.left(notABody(body, idNamesOf)) : decode(readable)
}

/** The most likely mistake: the client has already parsed the body. */
const notABody = (
  found: unknown,
  idNamesOf: (root: JsonValue) => ReadonlySet<string> | undefined,
): ShapeError => {
  const parsed = fromParsed(found)
  return shapeError(
    [shapeIssue(root, 'text or bytes', `${kindOf(found)} (already parsed?)`)],
    recoverTasks(parsed, idNamesOf(parsed)),
  )
}

/** Converts a parsed body as far as it is JSON. Visits each object once, because a caller can pass a cycle. */
const fromParsed = (body: unknown): JsonValue => {
  const seen = new Set<unknown>()
  const read = (value: unknown, depth: number): JsonValue | undefined => {
    if (typeof value !== 'object' || value === null) return fromPlain(value)
    if (depth === 0 || seen.has(value)) return undefined
    seen.add(value)
    if (isArray(value)) return jsonArray(value.map(item => read(item, depth - 1) ?? null))
    if (!isPlainObject(value)) return undefined
    return jsonObject(
      Object.keys(value).flatMap((name): ReadonlyArray<JsonMember> => {
        const member = read(value[name], depth - 1)
        return member === undefined ? [] : [{ name, value: member }]
      }),
    )
  }
  try {
    return read(body, maxDepth) ?? null
  } catch {
    return null
  }
}
