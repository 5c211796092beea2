/**
 * JSON that is as plain as an API writes it, read from left to right without looking back.
 *
 * Clean is a text without escapes, without control characters in strings, and without numbers that are no short integers. At
 * anything else the reader gives up: from then on it is not clean, and what it gives means nothing. Such a text is read again
 * with care.
 *
 * @internal
 */
export class CleanText {
  private at = 0
  private clean: boolean
  private readonly hasLines: boolean

  constructor(private readonly text: string) {
    const isPlain = !control.test(text) // one look at the text, for most
    this.clean = isPlain || !neverClean.test(text)
    this.hasLines = !isPlain
  }

  /** Whether all that was read so far was as expected, and nothing is left. */
  isCleanToTheEnd(): boolean {
    this.skipSpace()
    return this.clean && this.at === this.text.length
  }

  get isClean(): boolean {
    return this.clean
  }

  /** Takes the next character if it is this one. */
  take(character: number): boolean {
    this.skipSpace()
    if (this.text.charCodeAt(this.at) !== character) return false
    this.at++
    return true
  }

  expect(character: number): void {
    if (!this.take(character)) this.clean = false
  }

  /** Takes what comes next if it is this name of a member, quotes included. */
  takeName(quoted: string): boolean {
    this.skipSpace()
    return this.takeWord(quoted)
  }

  /**
   * Goes on to the value of a member, and gives the value of the one of the same name that was there before. Whoever takes
   * that leaves a value where a comma should be: a name that stands twice is not clean.
   */
  valueBefore<A>(before: A | undefined): A | undefined {
    this.expect(colon)
    return before
  }

  string(): string {
    this.expect(quote)
    const end = this.text.indexOf('"', this.at)
    if (end < 0) return this.giveUp('')
    const value = this.text.slice(this.at, end)
    this.at = end + 1
    return this.hasLines && lines.test(value) ? this.giveUp('') : value
  }

  /** A string; `''` for `null`. */
  stringOrNull(): string {
    return this.takeNull() ? '' : this.string()
  }

  /** The digits of a non-negative integer, however many. */
  digits(): string {
    const start = this.passDigits()
    return this.text.slice(start, this.at)
  }

  /** A non-negative integer that a double surely holds. */
  integer(): number {
    const start = this.passDigits()
    if (this.at - start > 15) return this.giveUp(0)
    let value = 0
    for (let at = start; at < this.at; at++) value = value * 10 + this.text.charCodeAt(at) - zero
    return value
  }

  /** Goes behind an integer, and gives its start. What else makes a number of it is left, where no value goes on. */
  private passDigits(): number {
    this.skipSpace()
    const start = this.at
    let code = this.text.charCodeAt(start)
    const isZero = code === zero
    while (code >= zero && code <= nine) code = this.text.charCodeAt(++this.at)
    const length = this.at - start
    if (length === 0 || (isZero && length > 1)) this.clean = false
    return start
  }

  /** An id: a string, or a non-negative integer, digit for digit; `''` for none. */
  id(): string {
    this.skipSpace()
    const code = this.text.charCodeAt(this.at)
    return code >= zero && code <= nine ? this.digits() : this.stringOrNull()
  }

  /** A value of a field that the format does not name, if it is a string, an integer, a boolean or `null`. */
  scalar(): string | number | boolean | null {
    this.skipSpace()
    const code = this.text.charCodeAt(this.at)
    if (code === quote) return this.string()
    if (code >= zero && code <= nine) return this.integer()
    if (this.takeNull()) return null
    if (this.takeWord('true')) return true
    return this.takeWord('false') ? false : this.giveUp(null)
  }

  giveUp<A>(nothing: A): A {
    this.clean = false
    return nothing
  }

  private takeNull(): boolean {
    this.skipSpace()
    return this.takeWord('null')
  }

  private takeWord(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  private skipSpace(): void {
    while (this.text.charCodeAt(this.at) <= space) this.at++
  }
}

/** A backslash, and what may not stand in a string but escaped. */
const control = /[\\\u0000-\u001f]/ // eslint-disable-line no-control-regex

/** A backslash, and what may stand nowhere in JSON but escaped. */
const neverClean = /[\\\u0000-\u0008\u000b\u000c\u000e-\u001f]/ // eslint-disable-line no-control-regex

/** What may stand between values, but not in strings. */
const lines = /[\t\n\r]/

const quote = 0x22
export const comma = 0x2c
export const colon = 0x3a
export const openBrace = 0x7b
export const closeBrace = 0x7d
const space = 0x20
const zero = 0x30
const nine = 0x39
