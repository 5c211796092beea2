/**
 * Returns a property of an object, or `undefined` if the object only inherits it from `Object.prototype`: other code may have
 * polluted that. Reads what a class defines.
 *
 * @internal
 */
export const unpolluted = <A extends object, Name extends keyof A>(
  object: A,
  name: Name,
): A[Name] | undefined =>
  name in Object.prototype && !Object.hasOwn(object, name) ? undefined : object[name]
