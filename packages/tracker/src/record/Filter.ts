/**
 * Which records to read.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Condition } from '../sql/records.js'
import { isId } from './isId.js'
import { searchable } from './searchable.js'

/**
 * Which records to read: those that meet all conditions. Each page is in the order of ids: pass the `id` of its last record as
 * `after` to get the next one.
 *
 * @category model
 * @since 0.1.0
 */
export interface Filter<State extends string> {
  readonly account?: string
  /** The key of the submission. */
  readonly key?: string
  readonly action?: string
  /** A resource of the submission, or of the task. */
  readonly resourceId?: string
  readonly taskId?: string
  /** The `_tag` of the record. */
  readonly state?: State
  /** Submitted, or accepted, at this time or later: milliseconds since 1970. */
  readonly sinceMs?: number
  /** Before this time. */
  readonly untilMs?: number
  /** Records with greater ids. Default: all. */
  readonly after?: string
  /** How many, from 1 to 10,000. Default: 100. */
  readonly limit?: number
}

/**
 * A condition of a filter is invalid.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidFilter {
  readonly _tag: 'InvalidFilter'
  readonly issue: string
}

/** @internal */
export interface Conditions {
  readonly names: ReadonlyArray<Condition>
  readonly values: ReadonlyArray<unknown>
}

const texts = ['account', 'key', 'action', 'resourceId', 'taskId', 'state'] as const
const times = ['sinceMs', 'untilMs'] as const

/**
 * Reads a filter of a caller.
 *
 * @internal
 */
export const readFilter = (filter: Filter<string>): E.Either<InvalidFilter, Conditions> => {
  const given = { ...filter } as Readonly<Record<string, unknown>>
  const names: Condition[] = []
  const values: unknown[] = []
  for (const name of [...texts, ...times]) {
    const value = given[name]
    if (value === undefined) continue
    const isText = (texts as ReadonlyArray<string>).includes(name)
    if (isText ? typeof value !== 'string' : !Number.isFinite(value))
      return invalid(`${name} must be a ${isText ? 'text' : 'number of milliseconds'}`)
    names.push(name)
    values.push(typeof value === 'string' ? searchable(value) : value)
  }
  const { after = '0', limit = 100 } = given
  if (!isId(after)) return invalid('after must be the id of a record')
  if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > 10_000)
    return invalid('limit must be an integer from 1 to 10,000')
  return E.right({ names, values: [...values, after, limit] })
}

const invalid = (issue: string): E.Either<InvalidFilter, never> => E.left({ _tag: 'InvalidFilter', issue })
