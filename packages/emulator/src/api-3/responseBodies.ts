/**
 * The response bodies of API 3.0: `{"Response":{…,"RequestId":"…"}}`.
 *
 * @internal
 */
import { type JsonValue, jsonArray, jsonNumber, jsonObject, stringifyJson } from '@task-outcome/core/json'

/** A value and where it is. */
export type Placed = readonly [path: ReadonlyArray<string>, value: JsonValue]

/** Why API 3.0 refuses a request: the members of `Error`. */
export interface Refusal {
  readonly _tag: 'Refusal'
  /** Dotted, such as `AuthFailure.SignatureFailure`. */
  readonly code: string
  readonly message: string
}

export const refusal = (code: string, message: string): Refusal => ({ _tag: 'Refusal', code, message })

export const missingParameter = (name: string): Refusal =>
  refusal('MissingParameter', `The request is missing a required parameter \`${name}\`.`)

export const isRefusal = <A extends object>(result: A | Refusal): result is Refusal =>
  (result as { readonly _tag?: unknown })._tag === 'Refusal'

export const successBody = (placed: ReadonlyArray<Placed>, requestId: string): string =>
  body([...placed, [['RequestId'], requestId]])

export const refusalBody = ({ code, message }: Refusal, requestId: string): string =>
  body([
    [['Error', 'Code'], code],
    [['Error', 'Message'], message],
    [['RequestId'], requestId],
  ])

const body = (placed: ReadonlyArray<Placed>): string =>
  stringifyJson(nested(placed.map(([path, value]) => [['Response', ...path], value])))

/** Creates an object from values at paths. Members are in the order of their first value. */
const nested = (placed: ReadonlyArray<Placed>): JsonValue => {
  const groups = new Map<string, Placed[]>()
  for (const [[name = '', ...rest], value] of placed)
    groups.set(name, [...(groups.get(name) ?? []), [rest, value]])
  return jsonObject(
    [...groups].map(([name, group]) => {
      const leaf = group.find(([path]) => path.length === 0)
      return { name, value: leaf === undefined ? nested(group) : leaf[1] }
    }),
  )
}

export const list = (items: ReadonlyArray<ReadonlyArray<Placed>>): JsonValue => jsonArray(items.map(nested))

/** Writes an integer as a number, digit for digit, and other text as a string. */
export const literal = (text: string): JsonValue =>
  /^(-?[1-9][0-9]*|0)$/.test(text) ? jsonNumber(text) : text
