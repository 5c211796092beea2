/**
 * Text of a response, made safe to show.
 *
 * @internal
 */

/**
 * Control characters, invisible characters that reorder or hide what is shown, and lone surrogates: the same as in `showTaskError`
 * of core.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{e0000}-\u{e0fff}]/gu

/** Splits a text into its visible parts and the escapes of its invisible ones, which have an odd index. */
export const visibleParts = (text: string): ReadonlyArray<string> => {
  const parts: string[] = []
  let from = 0
  for (const { 0: character, index } of text.matchAll(invisible)) {
    parts.push(text.slice(from, index), escaped(character))
    from = index + character.length
  }
  return [...parts, text.slice(from)]
}

/** Writes invisible characters as `\u` escapes, so that different ids look different. */
export const visible = (text: string): string => visibleParts(text).join('')

export const isVisible = (text: string): boolean => text.search(invisible) === -1

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('')
