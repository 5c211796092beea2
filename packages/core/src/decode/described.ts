/**
 * The last step of decoding a response: what the transport adds to an error.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { type QueryError, type SubmissionError, type TaskError, toQueryError } from '../error/TaskError.js'
import { property } from '../error/thrown.js'
import type { HttpResponse } from './HttpResponse.js'

/** Returns the body safely: untyped callers can pass anything as a response. */
export const bodyOf = (response: HttpResponse): unknown => property(response, 'body')

/** Makes the result that of a query, and lets the transport describe an error. */
export const ofQuery = <Outcome>(
  response: HttpResponse,
  result: E.Either<SubmissionError, Outcome>,
): E.Either<QueryError, Outcome> =>
  described(response, E.isRight(result) ? result : E.left(toQueryError(result.left)))

/** Lets the transport add the request to an error and mask its secrets. */
export const described = <Failure extends TaskError, Outcome>(
  response: HttpResponse,
  result: E.Either<Failure, Outcome>,
): E.Either<Failure, Outcome> => {
  if (E.isRight(result)) return result
  const describeError = property(response, 'describeError') as HttpResponse['describeError']
  return describeError === undefined ? result : E.left(describeError(result.left))
}
