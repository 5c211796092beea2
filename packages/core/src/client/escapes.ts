/**
 * How a server may write a text that was sent to it: percent-encoded, escaped as in JSON or JavaScript, with HTML
 * references, any of them mixed, in any case of their letters, and several times over.
 *
 * @internal
 */

/** A text with escapes undone, and for each of its code units, and for its end, the offset that it had before. */
export interface Unescaped {
  readonly text: string
  readonly offsetOf: (index: number) => number
}

/** The text as it is, then with its escapes undone once, twice, three times, as long as there are any. */
export function* unescapings(text: string): Generator<Unescaped, void> {
  let unescaped: Unescaped | undefined = { text, offsetOf: index => index }
  for (let times = 0; unescaped !== undefined && times <= mostTimes; times++) {
    yield unescaped
    unescaped = unescape(unescaped)
  }
}

const mostTimes = 3

/** One UTF-8 character in a URL, one escape of JSON or JavaScript, one reference of HTML. */
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
  const [first, second = ''] = escape
  try {
    if (first === '&') {
      const name = escape.slice(1, -1).toLowerCase()
      return second === '#'
        ? String.fromCodePoint(Number(name.replace('#', '').replace(/^x/, '0x')))
        : named(name)
    }
    const digits = /^.[ux]/i.test(escape) ? escape.slice(2) : ''
    if (digits !== '') return String.fromCharCode(parseInt(digits, 16))
    return first === '%' ? decodeURIComponent(escape) : (controls[second] ?? second)
  } catch {
    return escape // no character has this number, or these bytes
  }
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** All others that servers write for letters stand for one of Latin-1, which `fold` makes equal. */
const named = (name: string): string => names[name] ?? '\u00a0'

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * The code unit by which two texts are compared: without the case of ASCII letters; blanks, plus signs, control characters and
 * the characters of Latin-1 are all equal, as a form writes a blank as a plus, an excerpt a control character as a dot, and
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
