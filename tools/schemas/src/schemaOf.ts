/**
 * The schema of a codec, read from its structure.
 */
import type * as t from 'io-ts'
import { leaves, refinementOf } from './annotations.js'
import type { Codec } from './Codec.js'
import { type JsonSchema, dialect } from './JsonSchema.js'

/** Returns the schema of a codec. What occurs in it more than once is in its `$defs`. */
export const schemaOf = (codec: t.Mixed, description: string): JsonSchema => {
  const parts = createParts()
  const { [refKeyword]: root } = toSchema(parts)(codec)
  const { schema, definitions } = parts.assemble(root as number)
  return {
    $schema: dialect,
    title: codec.name,
    description,
    ...schema,
    ...(Object.keys(definitions).length === 0 ? {} : { $defs: definitions }),
  }
}

/** Stands for `$ref` until it is known which parts get a definition. Its value is the index of the part. */
const refKeyword = ' part'

const toSchema =
  (parts: Parts) =>
  (codec: t.Mixed): JsonSchema => {
    const schema = structure(codec, toSchema(parts))
    const name = partName(codec)
    return name === undefined ? schema : { [refKeyword]: parts.add(name, schema) }
  }

const structure = (mixed: t.Mixed, of: (codec: t.Mixed) => JsonSchema): JsonSchema => {
  const leaf = leaves.get(mixed)
  if (leaf !== undefined) return leaf
  const codec = mixed as t.Mixed & Codec
  switch (codec._tag) {
    case 'StringType':
      return { type: 'string' }
    case 'NumberType':
      return { type: 'number' }
    case 'LiteralType':
      return { const: codec.value }
    case 'KeyofType':
      return { enum: Object.keys(codec.keys) }
    case 'InterfaceType':
      return { type: 'object', properties: mapValues(codec.props, of), required: Object.keys(codec.props) }
    case 'PartialType':
      return { type: 'object', properties: mapValues(codec.props, of) }
    case 'ReadonlyArrayType':
      return { type: 'array', items: of(codec.type) }
    case 'UnionType':
      return codec.types.every(type => type._tag === 'LiteralType')
        ? { enum: codec.types.map(({ value }) => value) }
        : { anyOf: codec.types.map(of).flatMap(membersOf) }
    case 'IntersectionType': {
      const schemas = codec.types.map(type => (isStruct(type) ? structure(type, of) : of(type)))
      return schemas.every(isObject) ? schemas.reduce(mergeObjects) : { allOf: schemas }
    }
    case 'RefinementType': {
      const refinement = refinementOf(codec.name)
      if (refinement === undefined)
        throw new Error(`the refinement ${codec.name} has no annotation: add it to src/annotations.ts`)
      const { keywords = {}, comment } = refinement
      return {
        ...(isScalar(codec.type) ? structure(codec.type, of) : of(codec.type)),
        ...keywords,
        ...(comment === undefined ? {} : { $comment: comment }),
      }
    }
    default:
      throw new Error(`the codec ${mixed.name} has no structure: add it to src/annotations.ts`)
  }
}

/** The members of a union that has no name, for a union around it. */
const membersOf = (schema: JsonSchema): ReadonlyArray<JsonSchema> =>
  Array.isArray(schema.anyOf) && Object.keys(schema).length === 1
    ? (schema.anyOf as ReadonlyArray<JsonSchema>)
    : [schema]

const isStruct = ({ _tag }: Codec): boolean => _tag === 'InterfaceType' || _tag === 'PartialType'

const isScalar = (codec: Codec): boolean =>
  codec._tag === 'NumberType' || (codec._tag === 'RefinementType' && isScalar(codec.type))

const isObject = ({ type, properties }: JsonSchema): boolean => type === 'object' && properties !== undefined

const mergeObjects = (one: JsonSchema, other: JsonSchema): JsonSchema => ({
  ...one,
  properties: { ...(one.properties as JsonSchema), ...(other.properties as JsonSchema) },
  required: [
    ...((one.required as string[] | undefined) ?? []),
    ...((other.required as string[] | undefined) ?? []),
  ],
})

const mapValues = <A, B>(record: Readonly<Record<string, A>>, f: (a: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]))

/** The name of a part: that of the codec, or its `_tag` if the codec has none. Scalars and arrays are no parts. */
const partName = (mixed: t.Mixed): string | undefined => {
  const codec = mixed as t.Mixed & Codec
  if (leaves.has(mixed)) return codec.name
  const [, name] = /^([A-Z]\w*)(<.*>)?$/.exec(codec.name) ?? []
  switch (codec._tag) {
    case 'StringType':
    case 'NumberType':
    case 'LiteralType':
    case 'PartialType':
    case 'ReadonlyArrayType':
      return undefined
    case 'RefinementType':
      return name === 'ReadonlyNonEmptyArray' ? undefined : name
    case 'InterfaceType': {
      const tag = codec.props._tag
      return name ?? (tag?._tag === 'LiteralType' ? String(tag.value) : undefined)
    }
    default:
      return name
  }
}

interface Parts {
  /** Returns the index of the part: the same for parts with the same name and schema. */
  readonly add: (name: string, schema: JsonSchema) => number
  /** Puts the parts that occur once where they occur, and the others into definitions. */
  readonly assemble: (root: number) => { readonly schema: JsonSchema; readonly definitions: JsonSchema }
}

interface Part {
  readonly name: string
  readonly schema: JsonSchema
}

const createParts = (): Parts => {
  const parts: Part[] = []
  const byText = new Map<string, number>()
  return {
    add: (name, schema) => {
      const text = `${name} ${JSON.stringify(schema)}`
      const index = byText.get(text) ?? parts.push({ name, schema }) - 1
      byText.set(text, index)
      return index
    },
    assemble: root => assemble(parts, root),
  }
}

const assemble = (parts: ReadonlyArray<Part>, root: number): ReturnType<Parts['assemble']> => {
  const uses = new Map<number, number>()
  const count = (value: unknown): void => {
    for (const index of referencesIn(value)) {
      const known = uses.get(index) ?? 0
      uses.set(index, known + 1)
      if (known === 0) count(parts[index]?.schema)
    }
  }
  const schema = parts[root]?.schema ?? {}
  count(schema)

  const named = new Map<string, number>()
  for (const [index, times] of uses) {
    const { name = '' } = parts[index] ?? {}
    if (times === 1) continue
    if (named.has(name)) throw new Error(`two different codecs have the name ${name}: rename one of them`)
    named.set(name, index)
  }
  const put = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(put)
    const { [refKeyword]: index, ...others } = value as JsonSchema
    const rest = mapValues(others, put)
    if (index === undefined) return rest
    const { name = '', schema = {} } = parts[index as number] ?? {}
    return uses.get(index as number) === 1
      ? { title: name, ...(put(schema) as JsonSchema), ...rest }
      : { $ref: `#/$defs/${name}`, ...rest }
  }
  return {
    schema: put(schema) as JsonSchema,
    definitions: Object.fromEntries(
      [...named]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, index]) => [name, put(parts[index]?.schema)]),
    ),
  }
}

/** The parts that a schema refers to, without those that these refer to. */
const referencesIn = (value: unknown): ReadonlyArray<number> => {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  const { [refKeyword]: index, ...others } = value as JsonSchema
  return [...(index === undefined ? [] : [index as number]), ...Object.values(others).flatMap(referencesIn)]
}
