/**
 * Parses a body as a JSON document, with the issues of the document.
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
  /** The value, without equal duplicates of members. */
  readonly root: JsonValue
  /** Member names with different values in one object. */
  readonly repeated: ReadonlyArray<RepeatedName>
  /** The path of the first array or object that is nested deeper than 512. */
  readonly tooDeepAt: JsonPointer | undefined
  readonly text: string
}

/**
 * A body that is not JSON.
 *
 * @category model
 * @since 0.1.0
 */
export interface MalformedDocument {
  readonly position: TextPosition
  /** What JSON requires there. */
  readonly expected: string
  /** What the text has there. */
  readonly found: string
  /** The text, with U+0000 for every byte that is not UTF-8. No JSON string contains U+0000. */
  readonly text: string
}

/**
 * Parses a body, as text or bytes, as JSON in UTF-8.
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
      return E.right({ root, repeated, tooDeepAt, text: decoded.right })
    }
    return E.left(malformed(decoded.right, parsed.left))
  }
  const { validText, text } = decoded.left
  const parsed = parseJson(validText)
  if (E.isLeft(parsed) && parsed.left.offset < validText.length)
    // The syntax issue comes before the invalid byte.
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
