/**
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type JsonPointer, root, segments } from '../json/JsonPointer.js'
import type { JsonRecord } from '../json/Json.js'
import { type JsonMember, type JsonValue, fromPlain, isJsonValue } from '../json/JsonValue.js'
import { settleRepeats } from '../json/repeatedMembers.js'
import { type Format, fieldNames } from './fields.js'
import type { ShapeIssue } from './ShapeIssue.js'

/** The result of reading a part of the wire: the value, or the issues. */
export type Reading<A> = E.Either<ReadonlyArray<ShapeIssue>, A>

/**
 * Creates an io-ts codec from a reader and a writer. It decodes a `JsonValue` or the plain JSON of `JSON.parse`, and encodes to a
 * `JsonValue`, because only that keeps the order of members and every digit.
 */
export const wireCodec = <A>(
  name: string,
  is: (u: unknown) => u is A,
  read: (value: JsonValue) => Reading<A>,
  write: (value: A) => JsonValue,
): t.Type<A, JsonValue> =>
  new t.Type<A, JsonValue>(
    name,
    is,
    (u, context) => {
      const value = isJsonValue(u) ? u : fromPlain(u)
      if (value === undefined)
        return failAt(u, context, root, 'expected JSON with at most 512 levels of nesting')
      const settled = settleRepeats(value)
      const [repeat] = settled.repeated
      if (repeat !== undefined)
        return failAt(u, context, repeat.path, 'duplicate member with different values')
      const reading = read(settled.value)
      if (E.isRight(reading)) return t.success(reading.right)
      return t.failures(
        reading.left.map(({ path, expected, found }) =>
          errorAt(u, context, path, `expected ${expected}, found ${found}`),
        ),
      )
    },
    write,
  )

const failAt = <A>(u: unknown, context: t.Context, path: JsonPointer, message: string): t.Validation<A> =>
  t.failures([errorAt(u, context, path, message)])

const errorAt = (
  value: unknown,
  context: t.Context,
  path: JsonPointer,
  message: string,
): t.ValidationError => ({
  value,
  context: [...context, ...segments(path).map(key => ({ key, type: t.unknown }))],
  message: path === root ? message : `${path}: ${message}`,
})

/**
 * Returns the members of a response or an entry: the fields of the format, then the extra fields. Omits an extra field with the
 * name of a field of the format, because a reader would take it for that field, even for an id.
 */
export const writeMembers = (
  format: Format,
  named: ReadonlyArray<JsonMember>,
  extra: JsonRecord,
): ReadonlyArray<JsonMember> => {
  const others = Object.entries(extra).flatMap(([name, member]) => {
    const value = fieldNames[format].includes(name) ? undefined : fromPlain(member)
    return value === undefined ? [] : [{ name, value }]
  })
  return [...named, ...others]
}
