/**
 * @internal
 */

/** Returns a function that counts a request for an action, and returns whether it is one too many within a second of the clock. */
export const createRequestLimit = (
  clock: () => number,
  maxRequestsPerSecond: number,
): ((action: string) => boolean) => {
  const counts = new Map<string, { readonly second: number; readonly count: number }>()
  return action => {
    if (maxRequestsPerSecond === Infinity) return false
    const second = Math.floor(clock() / 1000)
    const last = counts.get(action)
    const count = last?.second === second ? last.count + 1 : 1
    counts.set(action, { second, count })
    return count > maxRequestsPerSecond
  }
}
