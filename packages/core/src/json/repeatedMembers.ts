/**
 * Finds duplicate members. `JSON.parse` silently keeps only the last one and loses running tasks. Here equal duplicates count
 * once, and different ones are all kept and reported.
 *
 * Source: PROTOCOL.md, section 3, row 13.
 *
 * @since 0.1.0
 */
import type * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as JsonPointer from './JsonPointer.js'
import {
  type JsonArray,
  type JsonMember,
  type JsonObject,
  type JsonValue,
  jsonArray,
  jsonObject,
} from './JsonValue.js'

/**
 * A member name with different values in one object.
 *
 * @category model
 * @since 0.1.0
 */
export interface RepeatedName {
  readonly path: JsonPointer.JsonPointer
  /** The different values, at least 2, in the order of the body. */
  readonly values: RNEA.ReadonlyNonEmptyArray<JsonValue>
}

/**
 * Removes equal duplicates and reports the names with different values, which stay in the value once for each different value.
 * Values are equal by structure: members in any order, numbers by their literal.
 *
 * @category combinators
 * @since 0.1.0
 */
export const settleRepeats = (
  value: JsonValue,
): { readonly value: JsonValue; readonly repeated: ReadonlyArray<RepeatedName> } => {
  if (!hasRepeats(value)) return { value, repeated: [] }
  const repeated: RepeatedName[] = []
  const fingerprint = makeFingerprint()

  const settle = (unsettled: JsonArray | JsonObject, path: JsonPointer.JsonPointer): JsonValue => {
    if (unsettled._tag === 'JsonArray')
      return jsonArray(
        unsettled.items.map((item, index) =>
          hasParts(item) ? settle(item, JsonPointer.child(path, index)) : item,
        ),
      )
    const members = unsettled.members.map(member =>
      hasParts(member.value)
        ? { name: member.name, value: settle(member.value, JsonPointer.child(path, member.name)) }
        : member,
    )
    return jsonObject(namesRepeat(members) ? withoutEqualRepeats(members, path) : members)
  }

  const withoutEqualRepeats = (
    members: ReadonlyArray<JsonMember>,
    path: JsonPointer.JsonPointer,
  ): ReadonlyArray<JsonMember> => {
    const repeating = repeatingNames(members)
    const different = new Map<string, Map<number, JsonValue>>()
    const kept = members.filter(({ name, value: settled }) => {
      if (!repeating.has(name)) return true
      const values = different.get(name) ?? new Map<number, JsonValue>()
      const identity = fingerprint(settled)
      if (values.has(identity)) return false
      different.set(name, values.set(identity, settled))
      return true
    })
    for (const [name, values] of different) {
      const [first, ...others] = values.values()
      if (first !== undefined && others.length > 0)
        repeated.push({ path: JsonPointer.child(path, name), values: [first, ...others] })
    }
    return kept
  }

  return { value: settle(value, JsonPointer.root), repeated }
}

/** Checks for duplicates first without allocating, because most bodies have none. */
const hasRepeats = (value: JsonValue): value is JsonArray | JsonObject => {
  if (!hasParts(value)) return false
  if (value._tag === 'JsonArray') return value.items.some(hasRepeats)
  return namesRepeat(value.members) || value.members.some(member => hasRepeats(member.value))
}

const namesRepeat = (members: ReadonlyArray<JsonMember>): boolean => {
  if (members.length > fewMembers) return new Set(members.map(member => member.name)).size < members.length
  // For the few members of an entry, comparing costs less than a set.
  return members.some(({ name }, index) => {
    for (let other = 0; other < index; other++) if (members[other]?.name === name) return true
    return false
  })
}

const fewMembers = 8

const repeatingNames = (members: ReadonlyArray<JsonMember>): ReadonlySet<string> => {
  const seen = new Set<string>()
  const repeating = new Set<string>()
  for (const { name } of members) if (seen.size === seen.add(name).size) repeating.add(name)
  return repeating
}

const hasParts = (value: JsonValue): value is JsonArray | JsonObject =>
  value !== null && typeof value === 'object' && value._tag !== 'JsonNumber'

/**
 * Numbers values so that equal ones have the same number. A value is described by the numbers of its parts, each computed once,
 * so that the time is linear however deep duplicates are nested.
 */
const makeFingerprint = (): ((value: JsonValue) => number) => {
  const numbers = new Map<string, number>()
  const known = new Map<JsonValue, number>()

  const numberOf = (description: string): number => {
    const number = numbers.get(description) ?? numbers.size
    numbers.set(description, number)
    return number
  }

  const describe = (value: JsonValue): string => {
    if (value === null || typeof value !== 'object') return `${typeof value} ${value}`
    switch (value._tag) {
      case 'JsonNumber':
        return `number ${value.literal}`
      case 'JsonArray':
        return `array ${value.items.map(fingerprint).join(' ')}`
      case 'JsonObject':
        return `members ${value.members
          .map(member => `${fingerprint(member.name)}:${fingerprint(member.value)}`)
          .sort()
          .join(' ')}`
    }
  }

  const fingerprint = (value: JsonValue): number => {
    const number = known.get(value) ?? numberOf(describe(value))
    known.set(value, number)
    return number
  }
  return fingerprint
}
