import { isDeepStrictEqual, inspect } from 'node:util'

/** Compares the actual value with the expected one. */
export const equal = (found: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(found, expected))
    throw new Error(`expected: ${inspect(expected, { depth: 6 })}\nfound:    ${inspect(found, { depth: 6 })}`)
}
