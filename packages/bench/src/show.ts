/**
 * Numbers as they are read.
 */
export const showNumber = (number: number, digits = 0): string =>
  number.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })

export const showSeconds = (ms: number): string => `${showNumber(ms / 1000, 1)} s`
