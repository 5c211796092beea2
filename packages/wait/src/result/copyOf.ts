/**
 * Copies plain data for a callback of the caller: one that changes what it gets must change nothing else. Keeps anything else, such as
 * a `Date` that a codec has made.
 *
 * @internal
 */
export const copyOf = <A>(value: A): A => copy(value) as A

const copy = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copy)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  const copied: Record<string, unknown> = { ...value }
  for (const name of Object.keys(copied)) {
    const part = copied[name]
    if (typeof part === 'object') copied[name] = copy(part)
  }
  return copied
}
