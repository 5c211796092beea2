/**
 * Values in a JSON object by the names of members.
 *
 * @internal
 */
import { type JsonObject, JsonPointer, type JsonValue, jsonObject } from '@task-outcome/core/json'
import { type ShapeIssue, describeFound, shapeIssue } from '@task-outcome/core/wire'

/** A value, if it is there, and its place. */
export interface Located {
  readonly value: JsonValue | undefined
  readonly pointer: JsonPointer.JsonPointer
}

/**
 * Finds the value at a path below the object at `pointer`. A member that is absent, `null` or an empty array on the way makes
 * the value absent; one that is something else than an object adds an issue. Returns `undefined` if the value can't be read:
 * after an issue, or for a duplicate with different values, which core reports.
 */
export const locate = (
  object: JsonObject,
  path: ReadonlyArray<string>,
  pointer: JsonPointer.JsonPointer,
  issues: ShapeIssue[],
): Located | undefined => {
  let value: JsonValue | undefined = object
  let at = pointer
  for (const name of path) {
    if (value === undefined || isEmpty(value))
      return { value: undefined, pointer: path.reduce(JsonPointer.child, pointer) }
    if (!isJsonObject(value)) {
      issues.push(shapeIssue(at, 'an object', describeFound(value)))
      return undefined
    }
    const values = valuesOf(value, name)
    if (values.length > 1) return undefined
    at = JsonPointer.child(at, name)
    value = values[0]
  }
  return { value, pointer: at }
}

/** Returns an object without the value at a path. */
export const without = (object: JsonObject, [name, ...rest]: ReadonlyArray<string>): JsonObject =>
  jsonObject(
    object.members.flatMap(member => {
      if (member.name !== name) return [member]
      if (rest.length === 0) return []
      return [isJsonObject(member.value) ? { name, value: without(member.value, rest) } : member]
    }),
  )

/** Returns the values of the members `name`: more than one only if they differ. */
export const valuesOf = (object: JsonObject, name: string): ReadonlyArray<JsonValue> =>
  object.members.filter(member => member.name === name).map(member => member.value)

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && value._tag === 'JsonObject'

/** Whether a value is `null` or `[]`, which is how PHP writes an empty map. */
const isEmpty = (value: JsonValue): boolean =>
  value === null || (typeof value === 'object' && value._tag === 'JsonArray' && value.items.length === 0)

/** Returns a string, or the literal of a number: states and codes are compared as text. */
export const textOf = (value: JsonValue | undefined): string | undefined => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value?._tag === 'JsonNumber' ? value.literal : undefined
}
