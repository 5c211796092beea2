/**
 * @internal
 */
import { createHash } from 'node:crypto'

/** Returns a function that returns a new `RequestId` at each call, in the form of a UUID. The same seed gives the same ids. */
export const createRequestIds = (seed: string): (() => string) => {
  let count = 0
  return () => {
    const hex = createHash('sha256').update(`${seed} ${++count}`).digest('hex')
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-')
  }
}
