/**
 * Positions in a text, for people to read.
 *
 * @since 0.1.0
 */

/**
 * A position in a text: offset, line, column and an excerpt.
 *
 * @category model
 * @since 0.1.0
 */
export interface TextPosition {
  /** From 0, in UTF-16 code units, including a byte order mark: `text[offset]`. */
  readonly offset: number
  /** From 1. Lines end with LF, CR LF or CR. */
  readonly line: number
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column: number
  /** Two lines: the text around the position, and a caret below it. */
  readonly excerpt: string
}

/**
 * Returns the line, the column and an excerpt for an offset in a text.
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
/** @internal */
export const charactersAfter = 24

/** Replaces tabs and control characters, which would misplace the caret or move the cursor of a terminal. */
const oneColumnEach = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  text.replace(/\t/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, '·')
