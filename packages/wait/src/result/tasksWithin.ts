/**
 * Finds tasks in a value of another type than expected, such as an Either, an error, or the result of a submission. They may be
 * running, so none of them may get lost.
 *
 * @internal
 */

/** Returns the objects in a value that have a `taskId`. Never throws, also if the value is nested deep or contains itself. */
export const tasksWithin = (value: unknown): ReadonlyArray<object> => {
  const tasks: object[] = []
  const seen = new Set<unknown>()
  const todo = [value]
  while (todo.length > 0) {
    const next = todo.pop()
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    if (read(next, 'taskId') !== undefined) tasks.push(next)
    todo.push(...partsOf(next).reverse())
  }
  return tasks
}

const partsOf = (value: object): unknown[] =>
  Array.isArray(value) ? Array.from(value as unknown[]) : places.map(name => read(value, name))

/** Where our results, our errors, and the data types of fp-ts have tasks. */
const places = [
  ...['right', 'left', 'value', 'error'],
  ...['accepted', 'resources', 'finished', 'pending', 'unrequested', 'recovered'],
]

const read = (value: object, name: string): unknown => {
  try {
    return (value as Readonly<Record<string, unknown>>)[name]
  } catch {
    return undefined
  }
}
