/**
 * The parameters of an action, from JSON.
 *
 * @internal
 */
import { type JsonValue, parseJson, textPosition } from '@task-outcome/core/json'
import type { V3Parameters, V3Value } from '@task-outcome/tencentcloud'
import { usageError } from '../exitCodes.js'
import { readText } from '../input/readText.js'
import { visible } from '../output/visible.js'

/** Reads a JSON object. Integers keep every digit. */
export const readParameters = (bytes: Uint8Array, file: string): V3Parameters => {
  const text = readText(bytes, file)
  const parsed = parseJson(text)
  const name = visible(file)
  if (parsed._tag === 'Left') {
    // Without the text there: a parameter can be a password.
    const { line, column } = textPosition(text, parsed.left.offset)
    throw usageError(
      `"${name}" is not JSON: expected ${parsed.left.expected} at line ${line}, column ${column}`,
    )
  }
  const { value } = parsed.right
  if (value === null || typeof value !== 'object' || value._tag !== 'JsonObject')
    throw usageError(`"${name}": write the parameters as a JSON object, such as {"LoadBalancerIds":["lb-1"]}`)
  return valueOf(value) as V3Parameters
}

const valueOf = (value: JsonValue): V3Value => {
  if (value === null || typeof value !== 'object') return value
  switch (value._tag) {
    case 'JsonNumber':
      return numberOf(value.literal)
    case 'JsonArray':
      return value.items.map(valueOf)
    case 'JsonObject': {
      const names = value.members.map(({ name }) => name)
      const duplicate = names.find((name, index) => names.indexOf(name) !== index)
      if (duplicate !== undefined) throw usageError(`duplicate parameter "${visible(duplicate)}": remove one`)
      return Object.fromEntries(value.members.map(({ name, value: inner }) => [name, valueOf(inner)]))
    }
  }
}

const numberOf = (literal: string): number | bigint => {
  const number = Number(literal)
  return /^-?\d+$/.test(literal) && !Number.isSafeInteger(number) ? BigInt(literal) : number
}
