/**
 * The number that a JSON literal stands for, or `undefined` when a double can't hold it exactly: then printing the
 * double would give another number than the literal. Integers are compared by all their digits, fractions by the
 * shortest text that reads back as the same double (so `0.1` is held, `0.10000000000000000001` is not).
 *
 * Source: PROTOCOL.md, section 3, "Fields that the format does not name".
 *
 * @internal
 */
export const exactNumber = (literal: string): number | undefined => {
  const number = Number(literal)
  if (Number.isSafeInteger(number) && String(number) === literal) return number
  if (!Number.isFinite(number)) return undefined
  const printed = Number.isInteger(number) ? BigInt(number).toString() : String(number)
  // `+ 0` turns -0 into 0: the same number, and the one that survives being written as JSON
  return sameDecimal(decimal(literal), decimal(printed)) ? number + 0 : undefined
}

/** ± 0.digits × 10^exponent, the digits without zeros at either end. */
interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

const decimal = (literal: string): Decimal => {
  const negative = literal.startsWith('-')
  const [mantissa = '', exponent = '0'] = literal.slice(negative ? 1 : 0).split(/[eE]/)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const all = whole + fraction
  const first = firstNonZero(all)
  if (first === all.length) return { negative: false, digits: '', exponent: 0 }
  return {
    negative,
    digits: all.slice(first, lastNonZero(all) + 1),
    exponent: whole.length - first + Number(exponent),
  }
}

const sameDecimal = (a: Decimal, b: Decimal): boolean =>
  a.negative === b.negative && a.digits === b.digits && a.exponent === b.exponent

// Loops, not patterns: `/0+$/` is quadratic on a long row of zeros that does not stand at the end.
const firstNonZero = (digits: string): number => {
  let at = 0
  while (at < digits.length && digits[at] === '0') at++
  return at
}

const lastNonZero = (digits: string): number => {
  let at = digits.length - 1
  while (digits[at] === '0') at--
  return at
}
