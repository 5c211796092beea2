/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import { brandedString } from '../codec/brandedString.js'

/**
 * The brand that distinguishes a `TaskId` from other strings at compile time.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskIdBrand {
  readonly TaskId: unique symbol
}

/**
 * The id of a task, digit for digit as the API wrote it, whether as a string or as a number. Never empty.
 *
 * Source: PROTOCOL.md, section 3, "An id".
 *
 * @category codecs
 * @since 0.1.0
 */
export const TaskId: t.Type<TaskId> = brandedString('TaskId', s => s !== '')

/**
 * The id of a task: a string that is not empty, with every digit that the API wrote.
 *
 * @category model
 * @since 0.1.0
 */
export type TaskId = t.Branded<string, TaskIdBrand>
