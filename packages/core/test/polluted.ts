/**
 * Runs something while `Object.prototype` has another member, as after a prototype pollution.
 */
export const polluted = <A>(name: string, value: unknown, run: () => A): A => {
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
  const restore = (): boolean => Reflect.deleteProperty(Object.prototype, name)
  try {
    const result = run()
    if (!(result instanceof Promise)) restore()
    else return result.finally(restore) as A
    return result
  } catch (thrown) {
    restore()
    throw thrown
  }
}
