/**
 * Returns the number of a JSON literal, or `undefined` if a double can't represent it exactly: then the printed double would
 * differ from the literal. Integers are compared by all their digits, fractions by the shortest text that parses to the same
 * double (so `0.1` is exact, `0.10000000000000000001` is not).
 *
 * Source: PROTOCOL.md, section 3, "Fields that the format does not name".
 *
 * @internal
 */
export const exactNumber = (literal: string): number | undefined => {
  const number = Number(literal)
  if (Number.isSafeInteger(number) && String(number) === literal) return number
  const printed = Number.isInteger(number) ? BigInt(number).toString() : String(number)
  // `+ 0` turns -0 into 0, which survives `JSON.stringify`
  return significantDigits(literal) === significantDigits(printed) ? number + 0 : undefined
}

/**
 * Returns the digits without sign, point, exponent, and leading and trailing zeros. Comparing them suffices: the double nearest
 * to a literal has its sign and, unless it is 0 or infinite, its magnitude.
 */
const significantDigits = (literal: string): string => {
  const digits = literal.replace(/[eE].*/, '').replace(/[-.]/g, '')
  // Loops, not a pattern: `/0+$/` is quadratic on a long run of zeros that is not at the end.
  let from = 0
  while (digits[from] === '0') from++
  let to = digits.length
  while (digits[to - 1] === '0') to--
  return digits.slice(from, to)
}
