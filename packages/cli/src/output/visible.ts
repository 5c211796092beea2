/**
 * Text of a body, made safe to print.
 *
 * @internal
 */

/**
 * Control characters, invisible characters that reorder or hide what a terminal shows, and lone surrogates: the same as in
 * `showTaskError` of core.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{e0000}-\u{e0fff}]/gu

/** Writes invisible characters as `\u` escapes, so that none reaches the terminal, and different ids look different. */
export const visible = (text: string): string => text.replace(invisible, escaped)

/** Writes JSON in which a string has escapes for invisible characters. Its value is the same. */
export const visibleJson = (value: unknown, space?: number): string =>
  // Line breaks come only from `space`: within strings they are escaped already.
  JSON.stringify(value, undefined, space)
    .split('\n')
    .map(line => visible(line))
    .join('\n')

export const isVisible = (text: string): boolean => text.search(invisible) === -1

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('')
