/**
 * Names the kind of a value that no parameter can have, without showing the value, which can be a secret.
 *
 * @internal
 */
export const kindOf = (value: unknown): string => {
  switch (typeof value) {
    case 'object':
      return value === null ? 'null' : value instanceof Date ? 'a Date' : 'an instance of a class'
    case 'undefined':
      return 'undefined'
    default:
      return `a ${typeof value}`
  }
}

/** Explains why a number can't be sent, or returns `undefined` if it is a safe integer. */
export const integerIssue = (value: number): string | undefined => {
  if (Number.isSafeInteger(value)) return undefined
  if (!Number.isFinite(value)) return `found ${value}`
  return Number.isInteger(value)
    ? 'found an integer of 2^53 or more, which may have lost digits: pass a bigint'
    : 'found a fraction: pass its text'
}
