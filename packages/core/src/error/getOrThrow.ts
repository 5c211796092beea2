/**
 * Results for code that throws.
 *
 * @since 0.1.0
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { toError } from './showTaskError.js'
import type { TaskError } from './TaskError.js'

/**
 * Returns the outcome, or throws the error as an `Error`: see {@link toError}. Throws only for a `Left`:
 * `AllRejected` and `Failed` are outcomes, so they are returned.
 *
 * @example
 * import { decodeOrdinaryTask, getOrThrow } from '@task-outcome/core'
 *
 * getOrThrow(decodeOrdinaryTask('{"code":0,"requestId":6356502}')).taskId // '6356502'
 *
 * @category destructors
 * @since 0.1.0
 */
export const getOrThrow = <A>(result: Either<TaskError, A>): A => {
  if (result._tag === 'Left') throw toError(result.left)
  return result.right
}
