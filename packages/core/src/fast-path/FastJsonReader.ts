import { exactNumber } from '../json/exactNumber.js'
import type { Json, JsonRecord } from '../json/Json.js'
import { type Parts, partsOf } from '../json/partsOf.js'
import { encodeUtf8 } from '../json/utf8.js'

/**
 * Reads regular JSON from left to right, without backtracking. Irregular is what is not JSON, and what is rare in it, such as
 * deep nesting. On irregular input `ok` becomes false; ignore later results.
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
  /** The hash of the last name, however it is written. */
  hash = 0

  /** Whether the last string with escapes has one of a character beyond ASCII. */
  private hasWideEscapes = false
  /** Whether the last number has neither a fraction nor an exponent. */
  private isIntegral = true

  private readonly parts: Parts

  /** Takes a text and its bytes in UTF-8. After them there may be other ones, the first of which is 0. */
  constructor(
    readonly text: string,
    readonly bytes: Uint8Array,
  ) {
    this.parts = partsOf(text)
  }

  /** Whether everything was regular, and nothing but white space is left. */
  isDone(): boolean {
    this.skipSpace()
    return this.ok && this.at - this.ahead === this.text.length
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

  /** Reads a member name. */
  name(): string {
    this.expect(quote)
    const { bytes, at: start } = this
    const startInText = start - this.ahead
    let at = start
    let hash = 0
    this.nameStart = start
    for (let byte = byteAt(bytes, at); byte !== quote; byte = byteAt(bytes, ++at)) {
      if (byte === backslash) return this.escapedName(start, startInText)
      if (byte < space) return this.bail('')
      if (byte > lastAscii) this.ahead += bytesBeyondUnits(byte)
      hash = nextHash(hash, byte)
    }
    this.hash = hash
    this.at = at + 1
    return this.parts.slice(startInText, at - this.ahead)
  }

  /** Returns the bytes of the name that was just read, with its quotation marks. */
  nameWord(): Uint8Array {
    return this.bytes.subarray(this.nameStart - 1, this.at)
  }

  private escapedName(start: number, startInText: number): string {
    const name = this.unescape(start, startInText)
    if (this.hasWideEscapes) this.hash = encodeUtf8(name).reduce(nextHash, 0)
    return name
  }

  string(): string {
    this.expect(quote)
    const { bytes, at: start } = this
    const startInText = start - this.ahead
    let at = start
    for (let byte = byteAt(bytes, at); byte !== quote; byte = byteAt(bytes, ++at)) {
      if (byte === backslash) return this.unescape(start, startInText)
      if (byte < space) return this.bail('')
      if (byte > lastAscii) this.ahead += bytesBeyondUnits(byte)
    }
    this.at = at + 1
    return at === start ? '' : this.parts.slice(startInText, at - this.ahead)
  }

  /** Reads a string with escapes from its start, and hashes it as if it had none. */
  private unescape(start: number, startInText: number): string {
    const { bytes, text } = this
    let ahead = start - startInText
    let before = ''
    let units: number[] = []
    let hash = 0
    let escaped = 0
    let at = start
    for (let byte = byteAt(bytes, at); byte !== quote; byte = byteAt(bytes, at)) {
      if (byte === backslash) {
        const isHex = byteAt(bytes, at + 1) === letterU
        const unit = isHex ? this.hexUnit(at + 2) : (escapedUnits[byteAt(bytes, at + 1)] ?? -1)
        if (unit < 0) return this.bail('')
        units.push(unit)
        escaped |= unit
        hash = nextHash(hash, unit)
        at += isHex ? 6 : 2
      } else {
        if (byte < space) return this.bail('')
        if (byte <= lastAscii) units.push(byte)
        else {
          const beyond = bytesBeyondUnits(byte)
          // The first byte of a character, which is two units if it has four bytes.
          if (beyond <= 0) units.push(text.charCodeAt(at - ahead))
          if (beyond < 0) units.push(text.charCodeAt(at - ahead + 1))
          ahead += beyond
        }
        hash = nextHash(hash, byte)
        at++
      }
      if (units.length >= mostUnits) {
        before += String.fromCharCode(...units)
        units = []
      }
    }
    this.at = at + 1
    this.ahead = ahead
    this.hash = hash
    this.hasWideEscapes = escaped > lastAscii
    return before + String.fromCharCode(...units)
  }

  /** Returns the code unit of four hexadecimal digits, or a negative number if they are none. */
  private hexUnit(start: number): number {
    let unit = 0
    for (let at = start; at < start + 4; at++) unit = unit * 16 + hexDigit(byteAt(this.bytes, at))
    return unit
  }

  /** Reads a string, or `null` as `''`. */
  stringOrNull(): string {
    this.skipSpace()
    return this.takeWord(nullWord) ? '' : this.string()
  }

  /** Reads a safe integer. */
  integer(): number {
    const value = this.number()
    return typeof value === 'number' && this.isIntegral && Number.isSafeInteger(value) ? value : this.bail(0)
  }

  /** Reads a number. Returns the literal of a number that a double can't represent exactly, as `toPlain` does. */
  private number(): number | string {
    this.skipSpace()
    const { bytes, at: start } = this
    const isNegative = byteAt(bytes, start) === minus
    const first = isNegative ? start + 1 : start
    let at = first
    let digits = 0
    let scale = 1
    for (let byte = byteAt(bytes, at); isDigit(byte); byte = byteAt(bytes, ++at))
      digits = digits * 10 + byte - zero
    if (at === first || (byteAt(bytes, first) === zero && at > first + 1)) return this.bail(0)
    this.isIntegral = true
    if (byteAt(bytes, at) === point) {
      this.isIntegral = false
      for (let byte = byteAt(bytes, ++at); isDigit(byte); byte = byteAt(bytes, ++at)) {
        digits = digits * 10 + byte - zero
        scale *= 10
      }
      if (scale === 1) return this.bail(0)
    }
    // Up to 15 digits, and a power of ten up to that, are exact as doubles, so their quotient is rounded only once.
    let isShort = at - first <= 15
    if ((byteAt(bytes, at) | lowerCase) === letterE) {
      this.isIntegral = isShort = false
      const sign = byteAt(bytes, ++at)
      if (sign === plus || sign === minus) at++
      const exponent = at
      while (isDigit(byteAt(bytes, at))) at++
      if (at === exponent) return this.bail(0)
    }
    this.at = at
    if (isShort) return (isNegative ? -digits : digits) / scale + 0 // the literal -0 is 0
    const literal = this.parts.slice(start - this.ahead, at - this.ahead)
    return exactNumber(literal) ?? literal
  }

  /** Reads the digits of a non-negative integer of any length. */
  private digits(): string {
    const { bytes, at: start } = this
    let at = start
    while (isDigit(byteAt(bytes, at))) at++
    if (byteAt(bytes, start) === zero && at > start + 1) this.ok = false
    this.at = at
    return this.parts.slice(start - this.ahead, at - this.ahead)
  }

  /** Reads an id, a string or the digits of a non-negative integer. Returns `''` for `null`. */
  id(): string {
    return isDigit(this.next()) ? this.digits() : this.stringOrNull()
  }

  /** Reads an extra field as plain JSON, nested at most `depth` levels deep. */
  plain(depth: number): Json {
    const next = this.next()
    if (next === quote) return this.string()
    if (isDigit(next) || next === minus) return this.number()
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

  /** Skips a value that means that there is nothing: `null`, `{}` or `[]`, which is how PHP writes an empty map. */
  takeEmpty(): boolean {
    this.skipSpace()
    return this.takeWord(nullWord) || this.takeWord(emptyArray) || this.takeWord(emptyObject)
  }

  /** Returns whether the member that was just read, from its name at `start`, is written exactly as the one at `first`. */
  repeats(first: number, start: number): boolean {
    const { bytes, at } = this
    let same = 0
    while (start + same < at && bytes[first + same] === bytes[start + same]) same++
    return start + same === at
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
    while (isSpace(byteAt(bytes, this.at))) this.at++
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
const plus = 0x2b
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const nine = 0x39
const lowerCase = 0x20
const letterA = 0x61
const letterE = 0x65
const letterF = 0x66
const letterU = 0x75
const lastAscii = 0x7f

const nullWord = /* @__PURE__ */ wordOf('null')
const emptyArray = /* @__PURE__ */ wordOf('[]')
const emptyObject = /* @__PURE__ */ wordOf('{}')
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

/** A fast hash that depends on every byte and its position. */
const nextHash = (hash: number, byte: number): number => ((hash << 5) | (hash >>> 27)) ^ byte

/** Returns the value of a hexadecimal digit. Of four digits, one that is none makes the sum negative. */
const hexDigit = (byte: number): number => {
  if (isDigit(byte)) return byte - zero
  const letter = byte | lowerCase
  return letter >= letterA && letter <= letterF ? letter - letterA + 10 : -0x10000
}

/** The code unit of each character after a backslash, except `u`. */
const escapedUnits: Readonly<Partial<Record<number, number>>> = /* @__PURE__ */ Object.fromEntries(
  Array.from('"\\/bfnrt', letter => [
    letter.charCodeAt(0),
    (JSON.parse(`"\\${letter}"`) as string).charCodeAt(0),
  ]),
)

/** The maximum number of code units for one call of `String.fromCharCode`: arguments need space on the stack. */
const mostUnits = 4096
