/**
 * The number of a JSON literal, or `undefined` when a double can't hold it exactly: then printing the
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
  const printed = Number.isInteger(number) ? BigInt(number).toString() : String(number)
  // `+ 0` turns -0 into 0: the same number, and the one that survives being written as JSON
  return significantDigits(literal) === significantDigits(printed) ? number + 0 : undefined
}

/**
 * The digits without sign, point and exponent, and without zeros at either end. They are enough to compare: the double
 * nearest to a literal has its sign and, unless it is 0 or infinite, its size.
 */
const significantDigits = (literal: string): string => {
  const digits = literal.replace(/[eE].*/, '').replace(/[-.]/g, '')
  // Loops, not patterns: `/0+$/` is quadratic on a long row of zeros that does not stand at the end.
  let from = 0
  while (digits[from] === '0') from++
  let to = digits.length
  while (digits[to - 1] === '0') to--
  return digits.slice(from, to)
}
