/**
 * Whether a value is an object as `JSON.parse` makes them, or one without a prototype. Dates, maps and instances of
 * classes are none: as JSON they would be something else. The prototype is not compared with this realm's own, since
 * values cross realms.
 *
 * @internal
 */
export const isPlainObject = (u: unknown): u is Readonly<Record<string, unknown>> => {
  if (typeof u !== 'object' || u === null || Array.isArray(u)) return false
  const prototype: unknown = Object.getPrototypeOf(u)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
