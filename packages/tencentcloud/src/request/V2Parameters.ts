/**
 * The parameters of API 2.0, and their flat form.
 *
 * @since 0.1.0
 */
import { JsonPointer, maxDepth } from '@task-outcome/core/json'
import * as E from 'fp-ts/lib/Either.js'
import { integerIssue, kindOf } from './kindOf.js'
import { isPlainObject } from './plainObject.js'
import type { RequestIssue } from './RequestIssue.js'

/**
 * The value of a parameter. A `bigint` and a string of digits keep every digit. Booleans, `null`, `undefined` and dates have no
 * agreed form in API 2.0, so they are refused.
 *
 * @category model
 * @since 0.1.0
 */
export type V2Value = string | number | bigint | ReadonlyArray<V2Value> | V2Parameters

/**
 * The parameters of an action of API 2.0. A number must be a safe integer, an array or object must not be empty. Names consist of
 * letters, digits, `-` and `.`: clients and servers disagree on how to sort a name with `_`, so it is refused.
 *
 * @category model
 * @since 0.1.0
 */
export interface V2Parameters {
  readonly [name: string]: V2Value
  readonly [name: `${string}_${string}`]: never
}

/**
 * The parameters as they are sent and signed, by name.
 *
 * @internal
 */
export type FlatParameters = ReadonlyMap<string, string>

/**
 * Flattens parameters: items by index from 0, members by name, joined with `.`, such as `listeners.0.protocol`. Drops nothing.
 *
 * @param method - clients leave a value that starts with `@` out of the signature of a POST, so it is refused there
 *
 * @internal
 */
export const flattenV2 = (
  parameters: unknown,
  method: 'GET' | 'POST',
): E.Either<RequestIssue, FlatParameters> => {
  const flat = new Map<string, string>()

  const visit = (
    value: unknown,
    name: string,
    path: JsonPointer.JsonPointer,
    depth: number,
  ): RequestIssue | undefined => {
    if (Array.isArray(value) || isPlainObject(value)) {
      const parts = Array.isArray(value) ? Array.from(value.entries()) : Object.entries(value)
      if (depth > maxDepth) return { path, message: `expected at most ${maxDepth} levels of nesting` }
      if (parts.length === 0 && depth > 0)
        return { path, message: 'found an empty array or object, which has no form: leave the parameter out' }
      for (const [key, part] of parts as ReadonlyArray<readonly [string | number, unknown]>) {
        const at = JsonPointer.child(path, key)
        const message = nameIssue(String(key)) ?? (depth === 0 ? reservedIssue(String(key)) : undefined)
        if (message !== undefined) return { path: at, message }
        const issue = visit(part, depth === 0 ? String(key) : `${name}.${key}`, at, depth + 1)
        if (issue !== undefined) return issue
      }
      return undefined
    }
    const message = valueIssue(value, method)
    if (message !== undefined) return { path, message }
    if (flat.has(name)) return { path, message: 'found a second parameter with the same flat name' }
    flat.set(name, String(value))
    return undefined
  }

  if (!isPlainObject(parameters)) return E.left({ path: '/parameters', message: 'expected an object' })
  const issue = visit(parameters, '', '/parameters', 0)
  return issue === undefined ? E.right(flat) : E.left(issue)
}

const valueIssue = (value: unknown, method: 'GET' | 'POST'): string | undefined => {
  switch (typeof value) {
    case 'bigint':
      return undefined
    case 'number': {
      const found = integerIssue(value)
      return found === undefined ? undefined : `expected a safe integer, ${found}`
    }
    case 'string':
      if (/\p{Surrogate}/u.test(value)) return 'found a lone surrogate, which UTF-8 can’t represent'
      return method === 'POST' && value.startsWith('@')
        ? 'found a value that starts with "@", which servers may leave out of the signature of a POST: send it with GET'
        : undefined
    case 'boolean':
      return 'found a boolean, which has no agreed form in API 2.0: pass 0 or 1'
    default:
      return `expected a string, a number, a bigint, an array or a plain object, found ${kindOf(value)}`
  }
}

const nameIssue = (name: string): string | undefined => {
  if (name.includes('_')) return 'found a name with "_", which clients and servers sort and sign differently'
  return names.test(name) ? undefined : 'expected a name of letters, digits and "-", joined with "."'
}

const names = /^[a-z\d-]+(?:\.[a-z\d-]+)*$/i

const reservedIssue = (name: string): string | undefined =>
  reserved.has(name) ? 'found a name that the signature sets: use the option' : undefined

/** The common parameters that are set for each request. */
const reserved: ReadonlySet<string> = new Set([
  ...['Action', 'Nonce', 'Region', 'SecretId', 'Signature', 'SignatureMethod', 'Timestamp', 'Token'],
])
