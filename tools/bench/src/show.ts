/**
 * Numbers as they are read.
 */
export const showNumber = (number: number, digits = 0): string =>
  number.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })

export const showSeconds = (ms: number, digits = 1): string => `${showNumber(ms / 1000, digits)} s`

/** Such as `0.61 µs` and `110 ms`. */
export const showDuration = (ms: number): string => {
  const [value, unit] = ms < 1 ? [ms * 1000, 'µs'] : ms < 1000 ? [ms, 'ms'] : [ms / 1000, 's']
  return `${showNumber(value, value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`
}

/** Such as `1.2 kB`. */
export const showBytes = (bytes: number): string => {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB']
  return `${showNumber(value, value < 100 ? 1 : 0)} ${unit}`
}

export const showPercent = (share: number): string => `${showNumber(share * 100)} %`
