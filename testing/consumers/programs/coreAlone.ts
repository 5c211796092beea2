/**
 * Core alone: its types need neither those of Node nor those of the DOM.
 */
import {
  type AcceptedTask,
  type SubmissionError,
  decodeOrdinaryTask,
  showTaskError,
} from '@task-outcome/core'
import type { Either } from 'fp-ts/lib/Either.js'

const show = (result: Either<SubmissionError, AcceptedTask>): string =>
  result._tag === 'Left' ? showTaskError(result.left) : result.right.taskId

export const taskIdOf = (body: Uint8Array): string => show(decodeOrdinaryTask(body))
