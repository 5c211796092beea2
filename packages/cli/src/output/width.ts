/**
 * How many columns a text takes in a terminal: 2 for CJK and emoji.
 *
 * @internal
 */
import measure from 'fast-string-truncated-width'

export const widthOf = (text: string): number => measure(text).width

/** Cuts a text to a width of at least 1 and marks the cut. */
export const cutToWidth = (text: string, width: number): string => {
  const { truncated, index } = measure(text, { limit: width, ellipsis: '…', ellipsisWidth: 1 })
  if (!truncated) return text
  let start = text.slice(0, index)
  // The mark can join with what is before it to something wider.
  while (widthOf(`${start}…`) > width) start = start.replace(/.$/su, '')
  return `${start}…`
}

export const padToWidth = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)))
