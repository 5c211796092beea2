/**
 * The ways in which a response can break the contract of its format although every field has the right type.
 *
 * @since 0.1.0
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { nonEmptyArray } from '../codec/nonEmptyArray.js'
import { refine } from '../codec/refine.js'
import { Json } from '../json/Json.js'
import type { JsonPointer } from '../json/JsonPointer.js'
import { ResourceId } from '../wire/ResourceId.js'

/**
 * A response without a failure, and without a task id: `code` 0, or no `Error` with API 3.0. PROTOCOL.md, section 3, rows 3
 * and 10.
 *
 * @category model
 * @since 0.1.0
 */
export interface MissingTaskId {
  readonly _tag: 'MissingTaskId'
  /** Where the id is expected. */
  readonly path: JsonPointer
}

/**
 * A batch response with `code` 0 or 5400 that names no resource. PROTOCOL.md, section 3, row 8.
 *
 * @category model
 * @since 0.1.0
 */
export interface MissingEntries {
  readonly _tag: 'MissingEntries'
  readonly code: number
}

/**
 * The outer code and the entries of a batch contradict each other. PROTOCOL.md, section 3, row 9.
 *
 * @category model
 * @since 0.1.0
 */
export interface CodeMismatch {
  readonly _tag: 'CodeMismatch'
  readonly code: number
  /** How many entries have code 0. */
  readonly accepted: number
  /** How many entries have another code. */
  readonly rejected: number
}

/**
 * A duplicate member name with different values. PROTOCOL.md, section 3, row 13.
 *
 * @category model
 * @since 0.1.0
 */
export interface DuplicateMember {
  readonly _tag: 'DuplicateMember'
  readonly path: JsonPointer
  /** The different values, at least 2, in the order of the body. */
  readonly values: ReadonlyNonEmptyArray<Json>
}

/**
 * The response is in the other format. PROTOCOL.md, section 3, row 14.
 *
 * @category model
 * @since 0.1.0
 */
export interface FormatMismatch {
  readonly _tag: 'FormatMismatch'
  readonly requested: 'ordinary' | 'batch'
  readonly received: 'ordinary' | 'batch'
}

/**
 * The HTTP status reports a failure, but the body reports an outcome. PROTOCOL.md, section 3, row 16.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatusMismatch {
  readonly _tag: 'StatusMismatch'
  readonly httpStatus: number
}

/**
 * The entries of a batch differ from the requested resources.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceMismatch {
  readonly _tag: 'ResourceMismatch'
  /** The requested resources without an entry, in the order of the request. */
  readonly missing: ReadonlyArray<ResourceId>
  /** The resources with an entry that were not requested, in the order of the body. */
  readonly unrequested: ReadonlyArray<ResourceId>
}

/**
 * A contradiction: a response whose fields all have the right type contradicts itself, its HTTP status, or the request.
 *
 * @category model
 * @since 0.1.0
 */
export type ContractIssue =
  | MissingTaskId
  | MissingEntries
  | CodeMismatch
  | DuplicateMember
  | FormatMismatch
  | StatusMismatch
  | ResourceMismatch

const format = t.union([t.literal('ordinary'), t.literal('batch')])

/**
 * The codec of a contract issue.
 *
 * @category codecs
 * @since 0.1.0
 */
export const ContractIssue: t.Type<ContractIssue> = t.union(
  [
    t.type({ _tag: t.literal('MissingTaskId'), path: t.string }),
    t.type({ _tag: t.literal('MissingEntries'), code: integer }),
    t.type({ _tag: t.literal('CodeMismatch'), code: integer, accepted: integer, rejected: integer }),
    t.type({ _tag: t.literal('DuplicateMember'), path: t.string, values: nonEmptyArray(Json) }),
    t.type({ _tag: t.literal('FormatMismatch'), requested: format, received: format }),
    t.type({ _tag: t.literal('StatusMismatch'), httpStatus: integer }),
    refine(
      'ResourceMismatch',
      t.type({
        _tag: t.literal('ResourceMismatch'),
        missing: t.readonlyArray(ResourceId),
        unrequested: t.readonlyArray(ResourceId),
      }),
      ({ missing, unrequested }) => missing.length + unrequested.length > 0,
    ),
  ],
  'ContractIssue',
)
