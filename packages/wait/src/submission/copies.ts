/**
 * Copies of what is known, for callbacks: one that changes what it gets must not change what is submitted.
 *
 * @internal
 */
import type { SubmissionError } from '@task-outcome/core'
import type { Rejection } from './SubmissionResult.js'

export const copyOfError = <E extends SubmissionError>(error: E): E => ({
  ...error,
  recovered: copiesOf(error.recovered),
})

export const copyOfRejection = (rejection: Rejection): Rejection =>
  rejection._tag === 'Rejected' ? copyOfError(rejection) : { ...rejection }

const copiesOf = <A extends object>(items: ReadonlyArray<A>): ReadonlyArray<A> =>
  items.map(item => ({ ...item }))
