/**
 * Makes JSON of values of callers, which can have more than their types say.
 *
 * @internal
 */
import type * as t from 'io-ts'

/**
 * Returns the JSON that is stored of a value, and the value that is read from it. Properties that the codec does not know are left
 * out: they can hold anything, such as a response with its secrets. Returns `undefined` if the codec could not read the JSON. Never
 * throws.
 */
export const storable = <A>(codec: t.Type<A>, value: unknown): Storable<A> | undefined => {
  try {
    if (!codec.is(value)) return undefined
    const json = JSON.stringify(known(codec, value))
    const read: unknown = JSON.parse(json)
    return codec.is(read) ? { json, value: read } : undefined
  } catch {
    return undefined // reading it throws
  }
}

export interface Storable<A> {
  readonly json: string
  readonly value: A
}

/** The codecs that know of properties. The others know a value as a whole, such as the plain JSON of extra fields. */
type Composite =
  | t.InterfaceType<t.Props>
  | t.PartialType<t.Props>
  | t.IntersectionType<t.Any[]>
  | t.UnionType<t.Any[]>
  | t.ReadonlyArrayType<t.Any>
  | t.ArrayType<t.Any>
  | t.RefinementType<t.Any>
  | { readonly _tag?: undefined }

const known = (codec: t.Any, value: unknown): unknown => {
  const composite = codec as Composite
  switch (composite._tag) {
    case 'InterfaceType':
    case 'PartialType':
      return Object.fromEntries(
        Object.entries(composite.props).flatMap(([name, property]) => {
          const part = (value as Readonly<Record<string, unknown>>)[name]
          return part === undefined ? [] : [[name, known(property, part)]]
        }),
      )
    case 'IntersectionType':
      return Object.assign({}, ...composite.types.map(type => known(type, value))) as unknown
    case 'UnionType': {
      const type = composite.types.find(({ is }) => is(value))
      return type === undefined ? value : known(type, value)
    }
    case 'ReadonlyArrayType':
    case 'ArrayType':
      return (value as ReadonlyArray<unknown>).map(item => known(composite.type, item))
    case 'RefinementType':
      return known(composite.type, value)
    case undefined:
    default:
      return value
  }
}

/**
 * Copies what has JSON, each object once: what throws, refers to what is around it or has no JSON is left out. For looking for ids in
 * a value that is invalid.
 */
export const readablePart = (value: unknown): unknown => {
  const seen = new Set<unknown>()
  const copy = (part: unknown, depth: number): unknown => {
    if (typeof part === 'bigint') return String(part)
    if (typeof part !== 'object' || part === null) return part
    if (seen.has(part) || depth === 0) return undefined
    seen.add(part)
    const names = Object.keys(part)
    const copies = names.map(name => {
      try {
        return copy((part as Readonly<Record<string, unknown>>)[name], depth - 1)
      } catch {
        return undefined
      }
    })
    return Array.isArray(part)
      ? copies
      : Object.fromEntries(names.map((name, index) => [name, copies[index]]))
  }
  return copy(value, deepest)
}

const deepest = 100
