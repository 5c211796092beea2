/**
 * A line of a text with a caret below a position.
 *
 * @internal
 */
import { visible } from './visible.js'
import { widthOf } from './width.js'

const charactersAround = 48

/** Two lines: the text around the position, and a caret in the right column, also behind CJK and emoji. */
export const caretAt = (text: string, offset: number): string => {
  const start = lineStart(text, offset)
  const end = lineEnd(text, offset)
  const from = Math.max(start, offset - charactersAround)
  const to = Math.min(end, offset + charactersAround)
  const before = `${from > start ? '…' : ''}${oneLine(text.slice(from, offset))}`
  return `${before}${oneLine(text.slice(offset, to))}${to < end ? '…' : ''}\n${' '.repeat(widthOf(before))}^`
}

const lineStart = (text: string, offset: number): number => {
  let start = offset
  // Further back it does not matter.
  while (start > 0 && start >= offset - charactersAround && !isBreak(text.charAt(start - 1))) start--
  return start
}

const lineEnd = (text: string, offset: number): number => {
  let end = offset
  while (end < text.length && end <= offset + charactersAround && !isBreak(text.charAt(end))) end++
  return end
}

const isBreak = (character: string): boolean => character === '\n' || character === '\r'

const oneLine = (text: string): string => visible(text.replaceAll('\t', ' '))
