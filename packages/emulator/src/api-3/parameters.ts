/**
 * The parameters of a request of API 3.0, from its JSON body.
 *
 * @internal
 */
import { type JsonValue, parseJson } from '@task-outcome/core/json'
import type { ResourceId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import type { EmulatedQuery } from './EmulatedService.js'
import { type Refusal, refusal } from './responseBodies.js'

/** The members of the body by name. One that is `null` is absent. */
export type Parameters = ReadonlyMap<string, Exclude<JsonValue, null>>

export const parseParameters = (body: Uint8Array): Parameters | Refusal => {
  const parsed = parseJson(Buffer.from(body).toString('utf8'))
  if (E.isLeft(parsed)) return refusal('InvalidParameter', 'the body is not JSON')
  const { value } = parsed.right
  if (value === null || typeof value !== 'object' || value._tag !== 'JsonObject')
    return refusal('InvalidParameter', 'the body is not a JSON object')
  return new Map(
    value.members.flatMap(({ name, value: member }) => (member === null ? [] : [[name, member] as const])),
  )
}

/** Returns the value of a parameter. A dot in the name leads into an object. */
export const readValue = (parameters: Parameters, name: string): Exclude<JsonValue, null> | undefined => {
  const [first = '', ...inner] = name.split('.')
  let value: JsonValue | undefined = parameters.get(first)
  for (const member of inner) value = memberOf(value, member)
  return value ?? undefined
}

const memberOf = (value: JsonValue | undefined, name: string): JsonValue | undefined =>
  typeof value === 'object' && value?._tag === 'JsonObject'
    ? value.members.filter(member => member.name === name).at(-1)?.value
    : undefined

/** Returns the ids of a parameter, digit for digit, or `undefined` if it is absent. */
export const readIds = (
  parameters: Parameters,
  name: string,
  type: EmulatedQuery['parameterType'],
): ReadonlyArray<string> | Refusal | undefined => {
  const value = readValue(parameters, name)
  if (value === undefined) return undefined
  const items = type.endsWith('Array') ? arrayOf(value) : [value]
  const ids = items?.map(item => (type.startsWith('string') ? textOf(item) : digitsOf(item)))
  return ids?.every(id => id !== undefined) === true
    ? [...new Set(ids)]
    : refusal('InvalidParameter', `The value type of parameter \`${name}\` is not valid`)
}

/** Returns a parameter that is an integer from 0. */
export const readCount = (parameters: Parameters, name: string): number | undefined => {
  const digits = digitsOf(readValue(parameters, name) ?? null)
  return digits === undefined ? undefined : Number(digits)
}

/**
 * Returns the resources that a request names: the strings of the parameters whose names end in `Id` or `Ids`, such as
 * `LoadBalancerId`.
 */
export const resourceIdsIn = (parameters: Parameters): ReadonlyArray<ResourceId> => {
  const ids = [...parameters]
    .filter(([name]) => /Ids?$/.test(name))
    .flatMap(([, value]) => arrayOf(value) ?? [value])
    .filter(value => typeof value === 'string')
  return [...new Set(ids)] as string[] as ResourceId[]
}

const arrayOf = (value: JsonValue): ReadonlyArray<JsonValue> | undefined =>
  value !== null && typeof value === 'object' && value._tag === 'JsonArray' ? value.items : undefined

const textOf = (value: JsonValue): string | undefined => (typeof value === 'string' ? value : undefined)

const digitsOf = (value: JsonValue): string | undefined =>
  value !== null && typeof value === 'object' && value._tag === 'JsonNumber' && /^[0-9]+$/.test(value.literal)
    ? value.literal
    : undefined
