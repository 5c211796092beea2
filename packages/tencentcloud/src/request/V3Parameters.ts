/**
 * The parameters of API 3.0, and their JSON.
 *
 * @since 0.1.0
 */
import { JsonPointer, maxDepth } from '@task-outcome/core/json'
import * as E from 'fp-ts/lib/Either.js'
import { integerIssue, kindOf } from './kindOf.js'
import { isPlainObject } from './plainObject.js'
import type { RequestIssue } from './RequestIssue.js'

/**
 * The value of a parameter. A `bigint` becomes a number with all its digits: use it for ids.
 *
 * @category model
 * @since 0.1.0
 */
export type V3Value = null | boolean | string | number | bigint | ReadonlyArray<V3Value> | V3Parameters

/**
 * The parameters of an action of API 3.0. A number must be finite, and an integer must be safe. `undefined` is refused, because
 * JSON would drop it.
 *
 * @category model
 * @since 0.1.0
 */
export interface V3Parameters {
  readonly [name: string]: V3Value
}

/**
 * `P`, if it consists of what {@link V3Parameters} may have, such as the request types of `tencentcloud-sdk-nodejs`: an interface
 * has no index signature, so it is no `V3Parameters`. Otherwise the members that are refused are `never`.
 *
 * @category model
 * @since 0.1.0
 */
export type V3Sendable<P> = P extends null | boolean | string | number | bigint | V3Parameters
  ? P
  : P extends undefined | symbol | ((...given: never) => unknown)
    ? never
    : P extends ReadonlyArray<infer Item>
      ? ReadonlyArray<V3Sendable<Item>>
      : { readonly [Name in keyof P]: V3Sendable<P[Name]> }

/**
 * Writes parameters as JSON, without white space and with every digit.
 *
 * @internal
 */
export const writeV3 = (parameters: unknown): E.Either<RequestIssue, string> => {
  let text = ''

  const write = (value: unknown, path: JsonPointer.JsonPointer, depth: number): RequestIssue | undefined => {
    const isArray = Array.isArray(value)
    if (isArray || isPlainObject(value)) {
      if (depth > maxDepth) return { path, message: `expected at most ${maxDepth} levels of nesting` }
      text += isArray ? '[' : '{'
      let separator = ''
      const parts = isArray ? Array.from(value.entries()) : Object.entries(value)
      for (const [key, part] of parts as ReadonlyArray<readonly [string | number, unknown]>) {
        text += separator + (isArray ? '' : `${JSON.stringify(key)}:`)
        separator = ','
        const issue = write(part, JsonPointer.child(path, key), depth + 1)
        if (issue !== undefined) return issue
      }
      text += isArray ? ']' : '}'
      return undefined
    }
    switch (typeof value) {
      case 'string':
      case 'boolean':
        text += JSON.stringify(value)
        return undefined
      case 'bigint':
        text += String(value)
        return undefined
      case 'number': {
        const found = Number.isInteger(value) || !Number.isFinite(value) ? integerIssue(value) : undefined
        if (found !== undefined)
          return { path, message: `expected a finite number without lost digits, ${found}` }
        text += String(value)
        return undefined
      }
      default:
        if (value === null) {
          text += 'null'
          return undefined
        }
        return { path, message: `expected a value of JSON or a bigint, found ${kindOf(value)}` }
    }
  }

  if (!isPlainObject(parameters)) return E.left({ path: '/parameters', message: 'expected an object' })
  const issue = write(parameters, '/parameters', 0)
  return issue === undefined ? E.right(text) : E.left(issue)
}
