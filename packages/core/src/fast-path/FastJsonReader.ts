import type { Json, JsonRecord } from '../json/Json.js'

/**
 * JSON that is as plain as an API writes it, read from left to right without looking back.
 *
 * Clean is a text without escapes in names, without control characters in strings, and without numbers that are no short
 * integers. At anything else the reader gives up: from then on it is not clean, and what it gives means nothing. Such a text is read again
 * with care.
 *
 * It looks at bytes, as a byte of an array is found several times faster than a character of a text, and cuts what it gives
 * from the text, as that is faster than to decode it.
 *
 * @internal
 */
export class FastJsonReader {
  /** Whether all that was read so far was as expected. */
  ok = true
  /** The next byte. */
  private at = 0
  /** So many bytes more than UTF-16 code units are before it. */
  private ahead = 0
  /** Where the last name begins. */
  nameStart = 0
  /** The hash of the last name, to tell it from others: the quickest that depends on every byte and its place. */
  hash = 0

  /** The bytes are those of the text, in UTF-8. */
  constructor(
    private readonly text: string,
    readonly bytes: Uint8Array,
  ) {}

  /** Whether all that was read so far was as expected, and nothing is left. */
  isDone(): boolean {
    this.skipSpace()
    return this.ok && this.at === this.bytes.length
  }

  /** Takes the next character if it is this one. */
  take(character: number): boolean {
    const isNext = this.next() === character
    if (isNext) this.at++
    return isNext
  }

  expect(character: number): void {
    if (!this.take(character)) this.ok = false
  }

  /** Takes what comes next, space excepted, if it is this word: the name of a member, quotes included, or a literal. */
  takeWord(word: Uint8Array): boolean {
    const { bytes, at } = this
    for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false
    this.at = at + word.length
    return true
  }

  /** The name of a member, or any string without escapes. */
  name(): string {
    this.expect(quote)
    const { bytes, at: start } = this
    const startInText = start - this.ahead
    let at = start
    let hash = 0
    for (let byte = byteAt(bytes, at); byte !== quote; byte = byteAt(bytes, ++at)) {
      if (byte < space || byte === backslash) return this.bail('')
      if (byte > lastAscii) this.ahead += bytesBeyondUnits(byte)
      hash = ((hash << 5) | (hash >>> 27)) ^ byte
    }
    this.nameStart = start
    this.hash = hash
    this.at = at + 1
    return this.text.slice(startInText, at - this.ahead)
  }

  string(): string {
    this.expect(quote)
    const { bytes, at: start } = this
    const startInText = start - this.ahead
    let at = start
    let hasEscapes = false
    for (let byte = byteAt(bytes, at); byte !== quote; byte = byteAt(bytes, ++at)) {
      if (byte < space) return this.bail('')
      if (byte > lastAscii) this.ahead += bytesBeyondUnits(byte)
      if (byte === backslash) {
        hasEscapes = true
        at++ // a quote may be next that does not end the string
      }
    }
    this.at = at + 1
    if (at === start) return ''
    const value = this.text.slice(startInText, at - this.ahead)
    return hasEscapes ? this.unescape(value) : value
  }

  private unescape(value: string): string {
    try {
      return JSON.parse(`"${value}"`) as string
    } catch {
      return this.bail('')
    }
  }

  /** A string; `''` for `null`. */
  stringOrNull(): string {
    this.skipSpace()
    return this.takeWord(nullWord) ? '' : this.string()
  }

  /** The digits of a non-negative integer, however many. */
  digits(): string {
    const start = this.passDigits()
    return this.text.slice(start - this.ahead, this.at - this.ahead)
  }

  /** A non-negative integer that a double surely holds. */
  integer(): number {
    const start = this.passDigits()
    if (this.at - start > 15) return this.bail(0)
    let value = 0
    for (let at = start; at < this.at; at++) value = value * 10 + byteAt(this.bytes, at) - zero
    return value
  }

  /** Goes behind an integer, and gives its start. What else makes a number of it is left, where no value goes on. */
  private passDigits(): number {
    const isZero = this.next() === zero
    const { bytes, at: start } = this
    let at = start
    while (isDigit(byteAt(bytes, at))) at++
    const length = at - start
    if (length === 0 || (isZero && length > 1)) this.ok = false
    this.at = at
    return start
  }

  /** An id: a string, or a non-negative integer, digit for digit; `''` for none. */
  id(): string {
    return isDigit(this.next()) ? this.digits() : this.stringOrNull()
  }

  /**
   * A value as the caller sees it, of a field that the format does not name: a string, an integer, a boolean, `null`, and lists
   * and objects of these, `depth` of them within each other at most.
   */
  plain(depth: number): Json {
    const next = this.next()
    if (next === quote) return this.string()
    if (isDigit(next)) return this.integer()
    if (next === openBracket && depth > 0) return this.list(depth - 1)
    if (next === openBrace && depth > 0) return this.record(depth - 1)
    if (this.takeWord(nullWord)) return null
    if (this.takeWord(trueWord)) return true
    return this.takeWord(falseWord) ? false : this.bail(null)
  }

  private list(depth: number): ReadonlyArray<Json> {
    const items: Json[] = []
    this.expect(openBracket)
    if (this.take(closeBracket)) return items
    do items.push(this.plain(depth))
    while (this.ok && this.take(comma))
    this.expect(closeBracket)
    return items
  }

  private record(depth: number): JsonRecord {
    const record: Record<string, Json> = {}
    this.expect(openBrace)
    if (this.take(closeBrace)) return record
    do this.putValue(record, this.name(), depth)
    while (this.ok && this.take(comma))
    this.expect(closeBrace)
    return record
  }

  /**
   * Reads the value of a member into a record. A name that the record has already is not clean; nor is one that all objects
   * inherit, such as `constructor`: where `Object.prototype` is frozen, assigning to it throws.
   */
  putValue(record: Record<string, Json>, name: string, depth: number): void {
    this.expect(colon)
    if (record[name] !== undefined) this.ok = false
    else record[name] = this.plain(depth)
  }

  bail<A>(nothing: A): A {
    this.ok = false
    return nothing
  }

  /** The next character that is no space. */
  private next(): number {
    this.skipSpace()
    return byteAt(this.bytes, this.at)
  }

  skipSpace(): void {
    const { bytes } = this
    let { at } = this
    while (isSpace(byteAt(bytes, at))) at++
    this.at = at
  }
}

/** Behind the end is what may stand nowhere. To ask an array for what is not in it would make every look slower. */
const byteAt = (bytes: Uint8Array, at: number): number => (at < bytes.length ? bytes[at]! : 0) // eslint-disable-line @typescript-eslint/no-non-null-assertion

/** The bytes of a word in ASCII. */
export const wordOf = (text: string): Uint8Array =>
  Uint8Array.from(text, character => character.charCodeAt(0))

const quote = 0x22
export const comma = 0x2c
const openBracket = 0x5b
const closeBracket = 0x5d
export const colon = 0x3a
export const openBrace = 0x7b
export const closeBrace = 0x7d
const backslash = 0x5c
const space = 0x20
const zero = 0x30
const nine = 0x39
const lastAscii = 0x7f

const nullWord = /* @__PURE__ */ wordOf('null')
const trueWord = /* @__PURE__ */ wordOf('true')
const falseWord = /* @__PURE__ */ wordOf('false')

const isDigit = (byte: number): boolean => byte >= zero && byte <= nine

const isSpace = (byte: number): boolean =>
  byte <= space && (byte === space || byte === 0x0a || byte === 0x0d || byte === 0x09)

/** A character of two or three bytes is one code unit, one of four bytes is two: what each byte beyond ASCII adds. */
const bytesBeyondUnits = (byte: number): number => (byte < 0xc0 ? 1 : byte < 0xf0 ? 0 : -1)
