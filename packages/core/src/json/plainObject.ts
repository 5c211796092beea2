/**
 * Whether a value is an object like those of `JSON.parse`, or one without a prototype. Dates, maps and class instances are not,
 * because they become something else as JSON. Accepts objects of other realms, so it does not compare with this realm's
 * prototype.
 *
 * @internal
 */
export const isPlainObject = (u: unknown): u is Readonly<Record<string, unknown>> => {
  if (typeof u !== 'object' || u === null || Array.isArray(u)) return false
  const prototype: unknown = Object.getPrototypeOf(u)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
