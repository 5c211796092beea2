/**
 * Undoes the escapes with which a server may echo a text: percent-encoding, the escapes of JSON and JavaScript, and HTML
 * character references, in upper or lower case, mixed, and nested.
 *
 * @internal
 */

/** An unescaped text, with the original offset of each of its code units and of its end. */
export interface Unescaped {
  readonly text: string
  readonly offsetOf: (index: number) => number
}

/** Yields the text as it is, then unescaped once, twice and three times, as long as it has escapes. */
export function* unescapings(text: string): Generator<Unescaped, void> {
  let unescaped: Unescaped | undefined = { text, offsetOf: index => index }
  for (let times = 0; unescaped !== undefined && times <= mostTimes; times++) {
    yield unescaped
    unescaped = unescape(unescaped)
  }
}

const mostTimes = 3

/** One percent-encoded UTF-8 character, one escape of JSON or JavaScript, or one HTML character reference. */
const anyEscape =
  /%[0-7][\da-f]|%[c-f][\da-f](?:%[89ab][\da-f]){1,3}|[\\%]u[\da-f]{4}|\\x[\da-f]{2}|\\[^]|&#\d{1,7};|&#x[\da-f]{1,6};|&[a-z]{1,8}\d{0,2};/gi

const unescape = ({ text, offsetOf }: Unescaped): Unescaped | undefined => {
  if (text.search(anyEscape) === -1) return undefined
  const offsets = new Uint32Array(text.length + 1)
  let read = 0
  let written = 0
  const copyTo = (end: number): void => {
    while (read < end) offsets[written++] = offsetOf(read++)
  }
  const unescaped = text.replace(anyEscape, (escape: string, offset: number) => {
    const meant = meaningOf(escape)
    copyTo(offset)
    offsets.fill(offsetOf(offset), written, (written += meant.length))
    read = offset + escape.length
    return meant
  })
  copyTo(text.length + 1)
  return { text: unescaped, offsetOf: index => Number(offsets[index]) }
}

const meaningOf = (escape: string): string => {
  const [first, second] = escape as unknown as readonly [string, string]
  try {
    if (first === '&') {
      const name = escape.slice(1, -1).toLowerCase()
      return second === '#'
        ? String.fromCodePoint(Number(name.replace('#', '').replace('x', '0x')))
        : named(name)
    }
    const digits = /[ux]/i.test(second) ? escape.slice(2) : ''
    if (digits !== '') return String.fromCharCode(parseInt(digits, 16))
    return first === '%' ? decodeURIComponent(escape) : (controls[second] ?? second)
  } catch {
    return escape // not the number or the bytes of a character
  }
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** All other references that servers write for letters mean one of Latin-1, and `fold` treats these as equal. */
const named = (name: string): string => names[name] ?? '\u00a0'

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Normalizes a code unit for comparing texts. ASCII letters compare without case. Spaces, plus signs, control characters and the
 * characters of Latin-1 compare as equal, because a form writes a space as a plus, an excerpt a control character as a dot, and
 * HTML an umlaut by its name.
 */
export const fold = (unit: number): number =>
  unit >= 65 && unit <= 90
    ? unit + 32
    : unit < 32 ||
        unit === 43 ||
        (unit >= 127 && unit < 256) ||
        unit === 0x2028 ||
        unit === 0x2029 ||
        unit === 0xfeff
      ? 32
      : unit
