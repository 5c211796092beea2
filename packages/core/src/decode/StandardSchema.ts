/**
 * Schemas of zod, valibot, arktype and others, by their common interface.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as t from 'io-ts'
import { ignorePromise, property, textAt } from '../error/thrown.js'
import { type JsonPointer, child } from '../json/JsonPointer.js'
import { unpolluted } from '../json/unpolluted.js'
import { type ShapeIssue, describePlain, shapeIssue } from '../wire/ShapeIssue.js'

/**
 * A schema of any library that implements [Standard Schema](https://standardschema.dev), version 1: zod, valibot, arktype and
 * others. It must validate synchronously.
 *
 * @category model
 * @since 0.1.0
 */
export interface StandardSchema<Output> {
  /** What the specification defines. */
  readonly '~standard': {
    /** The version of the specification. */
    readonly version: 1
    /** The name of the library; errors show it. */
    readonly vendor: string
    /** Returns the decoded value, or the issues with their paths. */
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    /** Only for the compiler. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}

/**
 * The result of a validation. Only a failure has issues.
 *
 * @category model
 * @since 0.1.0
 */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: ReadonlyArray<{
        readonly message: string
        readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
      }>
    }

/**
 * Decodes fields: a decoder of io-ts, or a schema of another library.
 *
 * @category model
 * @since 0.1.0
 */
export type CodecOrSchema<A> = t.Decoder<unknown, A> | StandardSchema<A>

/** Returns what a schema has under `~standard`, or `undefined` if the value is no schema. */
export const standardOf = (value: unknown): StandardSchema<unknown>['~standard'] | undefined => {
  const standard = property(value, '~standard')
  return typeof property(standard, 'validate') === 'function'
    ? (standard as StandardSchema<unknown>['~standard'])
    : undefined
}

/** Decodes plain JSON with a schema. Throws what the schema throws. */
export const readWithSchema = (
  standard: StandardSchema<unknown>['~standard'],
  value: unknown,
  path: JsonPointer,
): E.Either<ReadonlyNonEmptyArray<ShapeIssue>, unknown> => {
  const { vendor } = standard
  const validated = standard.validate(value)
  // Looked for in every result, because the same schema can fail synchronously.
  if (ignorePromise(validated))
    return E.left([shapeIssue(path, 'a schema that validates synchronously', `a Promise of ${vendor}`)])
  const result = validated as Awaited<typeof validated>
  const issues = unpolluted(result, 'issues')
  if (issues === undefined && 'value' in result) return E.right(result.value)
  const expected = `a value that the ${vendor} schema accepts`
  const read = Array.isArray(issues) ? Array.from(issues, issueIn(value, expected, path)) : []
  return E.left(isNonEmpty(read) ? read : [shapeIssue(path, expected, describePlain(value))])
}

const issueIn =
  (value: unknown, expected: string, path: JsonPointer) =>
  (issue: unknown): ShapeIssue => {
    const segments = property(issue, 'path')
    const keys = Array.isArray(segments) ? Array.from(segments, keyOf) : []
    const found = keys.reduce(property, value)
    const message = textAt(issue, 'message')
    return {
      ...shapeIssue(keys.reduce(child, path), expected, describePlain(found)),
      ...(message === undefined ? {} : { message }),
    }
  }

/** A segment of a path is a key, or an object with one. */
const keyOf = (segment: unknown): string =>
  String(typeof segment === 'object' ? property(segment, 'key') : segment)
