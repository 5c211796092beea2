/**
 * Random values of a codec, by its structure: most of them, but not all, satisfy its refinements.
 */
import { Json, JsonRecord, ResourceId, TaskId } from '@task-outcome/core'
import fc, { type Arbitrary } from 'fast-check'
import type * as t from 'io-ts'
import type { Codec } from '../src/Codec.js'

// Few ids, so that some are equal.
const id = fc.constantFrom('1', '9007199254740993123', 'ins-1', '__proto__', '\ud800')

const json = fc.jsonValue({ maxDepth: 1 })
const leaves = new Map<t.Mixed, Arbitrary<unknown>>([
  [TaskId, id],
  [ResourceId, fc.oneof(id, fc.constant(''))],
  [Json, json],
  [JsonRecord, fc.dictionary(fc.string(), json, { maxKeys: 2 })],
])

const array = (item: Arbitrary<unknown>, minLength: number): Arbitrary<unknown[]> =>
  fc.array(item, { minLength, maxLength: minLength + 1 })

export const arbitraryOf = (mixed: t.Mixed): Arbitrary<unknown> => {
  const leaf = leaves.get(mixed)
  if (leaf !== undefined) return leaf
  const codec = mixed as t.Mixed & Codec
  switch (codec._tag) {
    case 'StringType':
      return fc.string()
    case 'NumberType':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'LiteralType':
      return fc.constant(codec.value)
    case 'KeyofType':
      return fc.constantFrom(...Object.keys(codec.keys))
    case 'InterfaceType':
      return record(codec.props, {})
    case 'PartialType':
      return record(codec.props, { requiredKeys: [] })
    case 'ReadonlyArrayType':
      return array(arbitraryOf(codec.type), 0)
    case 'UnionType':
      return fc.oneof(...codec.types.map(arbitraryOf))
    case 'IntersectionType':
      return fc.tuple(...codec.types.map(arbitraryOf)).map(parts => Object.assign({}, ...parts) as unknown)
    case 'RefinementType':
      return refined(codec)
  }
}

const record = (
  props: Readonly<Record<string, Codec>>,
  constraints: { readonly requiredKeys?: [] },
): Arbitrary<unknown> =>
  fc.record(
    Object.fromEntries(Object.entries(props).map(([name, prop]) => [name, arbitraryOf(prop as t.Mixed)])),
    constraints,
  )

const refined = ({ name, type }: t.Mixed & t.RefinementType<Codec>): Arbitrary<unknown> => {
  if (name === 'integer') return fc.oneof(fc.maxSafeInteger(), fc.nat(3))
  if (name === 'an integer of at least 0') return fc.nat()
  if (name === 'SubmissionResult' || name === 'JobResult') return arbitraryOf(type).map(consistentResult)
  if (name === 'BatchOutcome') return arbitraryOf(type).map(consistentOutcome)
  if (type._tag === 'ReadonlyArrayType') return array(arbitraryOf(type.type), 1)
  return arbitraryOf(type)
}

interface Entry {
  readonly resourceId: string
  readonly position: number
}
type Outcome = Readonly<Partial<Record<'accepted' | 'rejected', ReadonlyArray<Entry>>>>

/** Random positions and resources would hardly ever be those of an outcome. */
const consistentOutcome = (value: unknown): unknown => {
  const outcome = value as Outcome
  let position = 0
  const numbered = (entries: ReadonlyArray<Entry>) =>
    entries.map(entry => ({ ...entry, position, resourceId: `${position++}${entry.resourceId}` }))
  return {
    ...outcome,
    ...(outcome.accepted === undefined ? {} : { accepted: numbered(outcome.accepted) }),
    ...(outcome.rejected === undefined ? {} : { rejected: numbered(outcome.rejected) }),
  }
}

interface Resource {
  readonly resourceId: string
  readonly accepted?: object
  readonly rejections?: ReadonlyArray<{ readonly _tag: string }>
}

const consistentResult = (value: unknown): unknown => {
  const result = value as { readonly resources: ReadonlyArray<Resource> }
  return {
    ...result,
    resources: result.resources.map((resource, index) => {
      const resourceId = `${index}${resource.resourceId}`
      const { accepted, rejections } = resource
      return {
        ...resource,
        resourceId,
        ...(accepted === undefined ? {} : { accepted: { ...accepted, resourceId } }),
        ...(rejections === undefined
          ? {}
          : {
              rejections: rejections.map(rejection =>
                rejection._tag === 'RejectedEntry' ? { ...rejection, resourceId } : rejection,
              ),
            }),
      }
    }),
  }
}
