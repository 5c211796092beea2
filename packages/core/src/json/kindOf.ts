/**
 * Names the kind of any value, for messages.
 *
 * @internal
 */

/** Returns the kind of a value as an error names what it found. Never throws. */
export const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value)
  if (isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** `Array.isArray` throws for a revoked proxy. */
export const isArray = (value: unknown): value is ReadonlyArray<unknown> => {
  try {
    return Array.isArray(value)
  } catch {
    return false
  }
}
