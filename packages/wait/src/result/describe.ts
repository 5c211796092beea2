/**
 * @internal
 */

/**
 * Describes what was found instead of the expected value: its type, never its content, which may be secret. Throws if reading
 * the value throws.
 */
export const describe = (value: unknown): string => {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'function') return 'a function (a Task must be run first)'
  if (typeof value !== 'object') return `a ${typeof value}`
  if ('then' in value) return 'a promise (await it first)'
  const tag = '_tag' in value ? value._tag : undefined
  if (tag === 'Left' || tag === 'Right') return `an Either (${tag}): take its value first`
  return typeof tag === 'string' && /^[A-Za-z]{1,40}$/.test(tag)
    ? `an object with _tag "${tag}"`
    : 'an object'
}
