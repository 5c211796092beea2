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
 * A condition of a filter is invalid. Nothing was read or changed.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidFilter {
  readonly _tag: 'InvalidFilter'
  /** Names the condition, and says what it must be. */
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
  let given: Readonly<Record<string, unknown>>
  try {
    given = { ...filter }
  } catch {
    return invalid('the filter must be an object whose properties can be read')
  }
  const names: Condition[] = []
  const values: unknown[] = []
  for (const name of [...texts, ...times]) {
    const value = given[name]
    if (value === undefined) continue
    const isText = (texts as ReadonlyArray<string>).includes(name)
    if (isText ? typeof value !== 'string' : !(Number(value) <= latestMs && typeof value === 'number'))
      return invalid(`${name} must be a ${isText ? 'string' : 'number of milliseconds since 1970'}`)
    names.push(name)
    // No record is older than 1970.
    values.push(isText ? searchable(value as string) : Math.max(0, Number(value)))
  }
  const { after = '0', limit = 100 } = given
  if (!isId(after)) return invalid('after must be the id of a record, which is a string of digits')
  if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > 10_000)
    return invalid('limit must be an integer from 1 to 10,000')
  return E.right({ names, values: [...values, after, limit] })
}

/** The latest time of a `Date`. */
const latestMs = 8.64e15

const invalid = (issue: string): E.Either<InvalidFilter, never> => E.left({ _tag: 'InvalidFilter', issue })
