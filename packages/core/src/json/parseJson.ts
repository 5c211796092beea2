/**
 * JSON text → `JsonValue`: a strict parser for RFC 8259 that loses nothing and never throws.
 *
 * The parser has its own stack, so no nesting overflows it, and reads every character once. It adds an array or an object to its
 * parent when it opens, so that at an issue the complete values before it are available.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as JsonPointer from './JsonPointer.js'
import { type JsonMember, type JsonValue, jsonArray, jsonNumber, jsonObject } from './JsonValue.js'
import { maxDepth } from './maxDepth.js'
import { type Parts, partsOf } from './partsOf.js'

/**
 * The result of parsing a text.
 *
 * @category model
 * @since 0.1.0
 */
export interface ParsedJson {
  readonly value: JsonValue
  /** The path of the first array or object that is nested deeper than 512. `value` omits all of these. */
  readonly tooDeepAt: JsonPointer.JsonPointer | undefined
}

/**
 * The first syntax issue of a text.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonSyntaxIssue {
  /** From 0, in UTF-16 code units, including a byte order mark. */
  readonly offset: number
  /** What JSON requires there, for people to read. */
  readonly expected: string
  /** The complete values before the issue, or `undefined` if there are none. */
  readonly partial: JsonValue | undefined
}

/**
 * Parses a text as JSON. Skips a leading byte order mark.
 *
 * @example
 * import { parseJson } from '@task-outcome/core/json'
 *
 * parseJson('[1, 2,]') // left({ offset: 6, expected: 'a value', partial: the array of 1 and 2 })
 *
 * @category destructors
 * @since 0.1.0
 */
export const parseJson = (text: string): E.Either<JsonSyntaxIssue, ParsedJson> => {
  const end = text.length
  const parts = partsOf(text)
  const open: Container[] = []
  let at = text.charCodeAt(0) === byteOrderMark ? 1 : 0
  let expecting = value as Expecting
  let whole: JsonValue | undefined
  let tooDeepAt: JsonPointer.JsonPointer | undefined

  const issue = (expected: string): E.Either<JsonSyntaxIssue, never> =>
    E.left({ offset: at, expected, partial: whole })

  /** Adds a value to the innermost open container. */
  const attach = (complete: JsonValue): void => {
    const parent = open[open.length - 1]
    if (parent === undefined) whole = complete
    else if (parent._tag === 'Object') parent.members.push({ name: parent.name, value: complete })
    else parent.items.push(complete)
    expectNext()
  }

  const expectNext = (): void => {
    const parent = open[open.length - 1]
    expecting = parent === undefined ? nothingMore : parent._tag === 'Object' ? nextMember : nextItem
  }

  const enter = (container: Container, empty: JsonValue): void => {
    if (open.length < maxDepth) attach(empty)
    else tooDeepAt ??= pathOf(open)
    open.push(container)
    expecting = container._tag === 'Object' ? firstName : firstItem
    at++
  }

  const leave = (): void => {
    open.pop()
    expectNext()
    at++
  }

  for (;;) {
    while (isWhiteSpace(text.charCodeAt(at))) at++ // NaN at the end, which is no white space
    if (at === end) {
      if (expecting !== nothingMore || whole === undefined) return issue(expecting)
      return E.right({ value: whole, tooDeepAt })
    }
    const c = text.charCodeAt(at)
    switch (expecting) {
      case value:
      case firstItem: {
        if (c === quote) {
          const scanned = scanString(text, at, parts)
          at = scanned.end
          if (scanned.expected !== undefined) return issue(scanned.expected)
          attach(scanned.value)
        } else if (c === minus || isDigit(c)) {
          const start = at
          const scanned = scanNumber(text, at)
          at = scanned.end
          if (scanned.expected !== undefined) return issue(scanned.expected)
          // Inside an array or an object, a number at the end of the text may be truncated.
          if (at < end || open.length === 0) attach(jsonNumber(parts.slice(start, at)))
          else expectNext()
        } else if (c === openBrace) {
          const members: JsonMember[] = []
          enter({ _tag: 'Object', members, name: '' }, jsonObject(members))
        } else if (c === openBracket) {
          const items: JsonValue[] = []
          enter({ _tag: 'Array', items }, jsonArray(items))
        } else if (c === closeBracket && expecting === firstItem) {
          leave()
        } else {
          const word = words.find(([spelling]) => spelling.charCodeAt(0) === c)
          if (word === undefined) return issue(expecting)
          for (const letter of word[0]) {
            if (text.charAt(at) !== letter) return issue(`"${word[0]}"`)
            at++
          }
          attach(word[1])
        }
        break
      }
      case name:
      case firstName: {
        const object = open[open.length - 1]
        if (c === quote && object?._tag === 'Object') {
          const scanned = scanString(text, at, parts)
          at = scanned.end
          if (scanned.expected !== undefined) return issue(scanned.expected)
          object.name = scanned.value
          expecting = colonAfterName
        } else if (c === closeBrace && expecting === firstName) {
          leave()
        } else {
          return issue(expecting)
        }
        break
      }
      case colonAfterName: {
        if (c !== colon) return issue(expecting)
        at++
        expecting = value
        break
      }
      case nextItem: {
        if (c === comma) {
          at++
          expecting = value
        } else if (c === closeBracket) leave()
        else return issue(expecting)
        break
      }
      case nextMember: {
        if (c === comma) {
          at++
          expecting = name
        } else if (c === closeBrace) leave()
        else return issue(expecting)
        break
      }
      case nothingMore:
        return issue(expecting)
    }
  }
}

/** An open array or object, and where in it the next value goes. */
type Container =
  | { readonly _tag: 'Array'; readonly items: JsonValue[] }
  | { readonly _tag: 'Object'; readonly members: JsonMember[]; name: string }

/** Returns the path of the next value. All open containers but the innermost already have their open child attached. */
const pathOf = (open: ReadonlyArray<Container>): JsonPointer.JsonPointer =>
  open.reduce(
    (path, container, depth) =>
      JsonPointer.child(
        path,
        container._tag === 'Object'
          ? container.name
          : container.items.length - (depth < open.length - 1 ? 1 : 0),
      ),
    JsonPointer.root,
  )

// The states of the parser: what may come next, in the words of an issue.
const value = 'a value'
const firstItem = 'a value or "]"'
const name = 'a member name in double quotes'
const firstName = 'a member name in double quotes or "}"'
const colonAfterName = '":"'
const nextItem = '"," or "]"'
const nextMember = '"," or "}"'
const nothingMore = 'the end of the text'

type Expecting =
  | typeof value
  | typeof firstItem
  | typeof name
  | typeof firstName
  | typeof colonAfterName
  | typeof nextItem
  | typeof nextMember
  | typeof nothingMore

/** @internal */
export const words = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const

/**
 * A token, or with `expected` the position in it that is not JSON. A token has an `expected` of its own, because other code may
 * have polluted `Object.prototype`.
 *
 * @internal
 */
export type Scanned<A> =
  | { readonly end: number; readonly expected: string }
  | ({ readonly end: number; readonly expected: undefined } & A)

/**
 * RFC 8259, section 7. `start` is at the opening quotation mark.
 *
 * @internal
 */
export const scanString = (
  text: string,
  start: number,
  parts: Parts = text,
): Scanned<{ readonly value: string }> => {
  let at = start + 1
  let escaped = false
  for (;;) {
    const c = text.charCodeAt(at) // NaN at the end of the text, which matches none of these
    if (c === quote) break
    if (c === backslash) {
      escaped = true
      const escape = text.charAt(at + 1)
      if (escape === 'u') {
        for (let digit = at + 2; digit < at + 6; digit++) {
          if (!isHexDigit(text.charCodeAt(digit)))
            return { end: digit, expected: 'four hexadecimal digits after "\\u"' }
        }
        at += 6
      } else if (escape !== '' && simpleEscapes.includes(escape)) at += 2
      else return { end: at + 1, expected: 'one of " \\ / b f n r t u after a backslash' }
    } else if (c >= space) at++
    else if (at < text.length) return { end: at, expected: 'an escaped control character' }
    else return { end: at, expected: 'a closing quotation mark' }
  }
  const end = at + 1
  return escaped
    ? { end, expected: undefined, value: JSON.parse(text.slice(start, end)) as string }
    : { end, expected: undefined, value: parts.slice(start + 1, at) }
}

/**
 * RFC 8259, section 6. `start` is at the sign or the first digit.
 *
 * @internal
 */
export const scanNumber = (text: string, start: number): Scanned<unknown> => {
  let at = start
  const skipDigits = (): boolean => {
    const from = at
    while (isDigit(text.charCodeAt(at))) at++
    return at > from
  }
  if (text.charCodeAt(at) === minus) at++
  if (text.charCodeAt(at) === zero) at++
  else if (!skipDigits()) return { end: at, expected: 'a digit' }
  if (text.charCodeAt(at) === point) {
    at++
    if (!skipDigits()) return { end: at, expected: 'a digit after the decimal point' }
  }
  if (text.charAt(at) === 'e' || text.charAt(at) === 'E') {
    at++
    if (text.charAt(at) === '+' || text.charAt(at) === '-') at++
    if (!skipDigits()) return { end: at, expected: 'a digit in the exponent' }
  }
  // In "12x4" the issue is within the number: it is not the number 12 followed by something else.
  // At the end of the text `charAt` returns '', which every string includes.
  return { end: at, expected: endsToken.includes(text.charAt(at)) ? undefined : 'the end of the number' }
}

/** White space and the characters that start another token. */
const endsToken = ' \n\r\t,]}:[{"'
const simpleEscapes = '"\\/bfnrt'

const byteOrderMark = 0xfeff
const tab = 0x09
const lineFeed = 0x0a
const carriageReturn = 0x0d
const space = 0x20
const quote = 0x22
const comma = 0x2c
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const nine = 0x39
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

const isWhiteSpace = (c: number): boolean =>
  c === space || c === lineFeed || c === carriageReturn || c === tab
const isDigit = (c: number): boolean => c >= zero && c <= nine
const isHexDigit = (c: number): boolean => isDigit(c) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66)
