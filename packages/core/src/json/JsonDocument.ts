/**
 * A body as a JSON document: what it holds, and what is wrong with it as a document.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { JsonPointer } from './JsonPointer.js'
import type { JsonValue } from './JsonValue.js'
import { decodeUtf8 } from './utf8.js'
import { type JsonSyntaxIssue, parseJson } from './parseJson.js'
import { type RepeatedName, settleRepeats } from './repeatedMembers.js'
import { type TextPosition, textPosition } from './TextPosition.js'

/**
 * A body that is JSON.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonDocument {
  /** The value, equal repeats of a member taken out. */
  readonly root: JsonValue
  /** Member names that stand in one object with different values. */
  readonly repeated: ReadonlyArray<RepeatedName>
  /** Where the first array or object is that is nested deeper than 512. */
  readonly tooDeepAt?: JsonPointer
}

/**
 * A body that is not JSON.
 *
 * @category model
 * @since 0.1.0
 */
export interface MalformedDocument {
  readonly position: TextPosition
  /** What JSON would have had there. */
  readonly expected: string
  /** What is there. */
  readonly found: string
  /** The text, with U+0000, which no JSON string contains, for every byte that is not UTF-8. */
  readonly text: string
}

/**
 * Reads a body, a text or its bytes, as JSON in UTF-8.
 *
 * @category destructors
 * @since 0.1.0
 */
export const readJsonDocument = (body: string | Uint8Array): E.Either<MalformedDocument, JsonDocument> => {
  const decoded = typeof body === 'string' ? E.right(body) : decodeUtf8(body)
  if (E.isRight(decoded)) {
    const parsed = parseJson(decoded.right)
    if (E.isRight(parsed)) {
      const { value, tooDeepAt } = parsed.right
      const { value: root, repeated } = settleRepeats(value)
      return E.right(tooDeepAt === undefined ? { root, repeated } : { root, repeated, tooDeepAt })
    }
    return E.left(malformed(decoded.right, parsed.left))
  }
  const { validText, text } = decoded.left
  const parsed = parseJson(validText)
  if (E.isLeft(parsed) && parsed.left.offset < validText.length)
    // The text is at issue before the bytes are.
    return E.left({ ...malformed(validText, parsed.left), text })
  return E.left({
    position: textPosition(validText, validText.length),
    expected: 'UTF-8',
    found: 'a byte that is not UTF-8',
    text,
  })
}

const malformed = (text: string, { offset, expected }: JsonSyntaxIssue): MalformedDocument => ({
  position: textPosition(text, offset),
  expected,
  found: characterAt(text, offset),
  text,
})

const characterAt = (text: string, offset: number): string => {
  const codePoint = text.codePointAt(offset)
  if (codePoint === undefined) return 'the end of the text'
  const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(String.fromCodePoint(codePoint))
    ? `"${String.fromCodePoint(codePoint)}"`
    : code
}
