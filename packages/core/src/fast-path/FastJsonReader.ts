import type { Json, JsonRecord } from '../json/Json.js'

/**
 * Reads regular JSON from left to right, without backtracking. Regular means no escapes in names, no control characters in
 * strings, and no numbers but short non-negative integers. On any other input `ok` becomes false; ignore later results.
 *
 * The reader scans bytes, because accessing an array is several times faster than accessing a string. It slices results from the
 * text, because that is faster than decoding the bytes.
 *
 * @internal
 */
export class FastJsonReader {
  /** Whether everything read so far was regular. */
  ok = true
  /** The offset of the next byte. */
  private at = 0
  /** By how much the byte offset exceeds the offset in UTF-16 code units. */
  private ahead = 0
  /** The offset of the last name. */
  nameStart = 0
  /** The hash of the last name: the fastest one that depends on every byte and its position. */
  hash = 0

  /** Takes a text and its bytes in UTF-8. */
  constructor(
    private readonly text: string,
    readonly bytes: Uint8Array,
  ) {}

  /** Whether everything was regular, and nothing but white space is left. */
  isDone(): boolean {
    this.skipSpace()
    return this.ok && this.at === this.bytes.length
  }

  /** Skips the next character if it is this one. Returns whether it is. */
  take(character: number): boolean {
    const isNext = this.next() === character
    if (isNext) this.at++
    return isNext
  }

  expect(character: number): void {
    if (!this.take(character)) this.ok = false
  }

  /** Skips a word if it is next: a member name with its quotation marks, or a literal. Returns whether it is. */
  takeWord(word: Uint8Array): boolean {
    const { bytes, at } = this
    for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false
    this.at = at + word.length
    return true
  }

  /** Reads a member name: a string without escapes. */
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
        at++ // an escaped quotation mark does not end the string
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

  /** Reads a string, or `null` as `''`. */
  stringOrNull(): string {
    this.skipSpace()
    return this.takeWord(nullWord) ? '' : this.string()
  }

  /** Reads the digits of a non-negative integer of any length. */
  digits(): string {
    const start = this.passDigits()
    return this.text.slice(start - this.ahead, this.at - this.ahead)
  }

  /** Reads a non-negative safe integer of at most 15 digits. */
  integer(): number {
    const start = this.passDigits()
    if (this.at - start > 15) return this.bail(0)
    let value = 0
    for (let at = start; at < this.at; at++) value = value * 10 + byteAt(this.bytes, at) - zero
    return value
  }

  /** Skips the digits of an integer and returns its start. A fraction or an exponent stays, and is irregular there. */
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

  /** Reads an id, a string or the digits of a non-negative integer. Returns `''` for `null`. */
  id(): string {
    return isDigit(this.next()) ? this.digits() : this.stringOrNull()
  }

  /**
   * Reads an extra field as plain JSON: a string, an integer, a boolean, `null`, or an array or object of these, nested at most
   * `depth` levels deep.
   */
  plain(depth: number): Json {
    const next = this.next()
    if (next === quote) return this.string()
    if (isDigit(next)) return this.integer()
    if (next === openBracket && depth > 0) return this.array(depth - 1)
    if (next === openBrace && depth > 0) return this.record(depth - 1)
    if (this.takeWord(nullWord)) return null
    if (this.takeWord(trueWord)) return true
    return this.takeWord(falseWord) ? false : this.bail(null)
  }

  private array(depth: number): ReadonlyArray<Json> {
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
   * Reads the value of a member into a record. Irregular are a duplicate name and a name that all objects inherit, such as
   * `constructor`: if `Object.prototype` is frozen, assigning to that throws.
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

  /** Skips white space and returns the next character. */
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

/** Returns 0, which is nowhere allowed, beyond the end: reading out of bounds would slow down every access. */
const byteAt = (bytes: Uint8Array, at: number): number => (at < bytes.length ? bytes[at]! : 0) // eslint-disable-line @typescript-eslint/no-non-null-assertion

/** Returns the bytes of an ASCII word. */
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

/**
 * Returns what a byte beyond ASCII adds to the difference of the offsets: a character of two or three bytes is one code unit, one
 * of four bytes is two.
 */
const bytesBeyondUnits = (byte: number): number => (byte < 0xc0 ? 1 : byte < 0xf0 ? 0 : -1)
