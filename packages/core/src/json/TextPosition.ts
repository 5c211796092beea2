/**
 * A place in a text, as people look for it.
 *
 * @since 0.1.0
 */

/**
 * A place in a text, as people look for it: by line and column, with an excerpt.
 *
 * @category model
 * @since 0.1.0
 */
export interface TextPosition {
  /** From 0, in UTF-16 code units, a byte order mark included: `text[offset]`. */
  readonly offset: number
  /** From 1. Lines end with LF, CR LF or CR. */
  readonly line: number
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column: number
  /** Two lines: the text around the place, and a caret below it. */
  readonly excerpt: string
}

/**
 * Line, column and excerpt for an offset into a text.
 *
 * @example
 * import { textPosition } from '@task-outcome/core/json'
 *
 * textPosition('{"code":0,}', 10).excerpt
 * // {"code":0,}
 * //           ^
 *
 * @category constructors
 * @since 0.1.0
 */
export const textPosition = (text: string, offset: number): TextPosition => {
  let line = 1
  let lineStart = 0
  for (const lineEnd of text.slice(0, offset).matchAll(/\r\n|\n|\r/g)) {
    line++
    lineStart = lineEnd.index + lineEnd[0].length
  }
  const from = Math.max(lineStart, offset - charactersBefore)
  const before = oneColumnEach(text.slice(from, offset))
  const after = text.slice(offset, offset + charactersAfter).replace(/[\r\n].*/s, '')
  return {
    offset,
    line,
    column: offset - lineStart + 1,
    excerpt: `${before}${oneColumnEach(after)}\n${' '.repeat(before.length)}^`,
  }
}

const charactersBefore = 48
const charactersAfter = 24

/** Tabs and control characters would move the caret away from its place, or the terminal's cursor elsewhere. */
const oneColumnEach = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  text.replace(/\t/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, '·')
