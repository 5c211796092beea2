/**
 * The HTTP status of a response. PROTOCOL.md, section 3, rows 15–17.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { partition } from 'fp-ts/lib/ReadonlyArray.js'
import type { ContractIssue } from '../error/ContractIssue.js'
import type { ContractViolation, HttpStatusError, Issue, SubmissionError } from '../error/TaskError.js'
import { unpolluted } from '../json/unpolluted.js'
import { showStart } from '../json/utf8.js'
import type { BatchEntry } from '../outcome/BatchOutcome.js'
import type { HttpResponse } from './HttpResponse.js'
import { recoverFromBody } from './recovered.js'

/** Combines the result of the body with the HTTP status. */
export const underStatus = <Outcome>(
  response: HttpResponse,
  body: string | Uint8Array,
  decoded: E.Either<SubmissionError, Outcome>,
  entriesOf: (outcome: Outcome) => ReadonlyArray<BatchEntry>,
  isApiResponse = hasAcceptedTask,
  recover = recoverFromBody,
): E.Either<SubmissionError, Outcome> => {
  const { status } = response
  if (status >= 200 && status < 300) return withRetryAfter(response, decoded)
  // Row 16: "the body has an accepted task, or row 6 applies to it".
  if (E.isRight(decoded))
    return E.left({
      _tag: 'ContractViolation',
      issues: [statusMismatch(status)],
      alsoFound: [],
      entries: entriesOf(decoded.right),
      recovered: recover(body),
    })
  const error = decoded.left
  switch (error._tag) {
    case 'Rejected': // Row 15.
      return withRetryAfter(response, E.left({ ...error, httpStatus: status }))
    case 'ContractViolation': // Row 16 again: "with the status and the entries".
      if (isApiResponse(error) || isOfOtherResources(error))
        return E.left({ ...error, issues: [statusMismatch(status), ...error.issues] })
      return E.left(httpStatusError(response, body, error))
    case 'ShapeError':
      if (isApiResponse(error)) {
        const { left: others, right: contractIssues } = partition(isContractIssue)(error.alsoFound)
        return E.left({
          _tag: 'ContractViolation',
          issues: [statusMismatch(status), ...contractIssues],
          alsoFound: [...error.issues, ...others],
          entries: [],
          recovered: error.recovered,
        })
      }
      return E.left(httpStatusError(response, body, error))
    default: // Row 17.
      return E.left(httpStatusError(response, body, error))
  }
}

export const noEntries = (): ReadonlyArray<BatchEntry> => []

const hasAcceptedTask = ({ recovered }: SubmissionError): boolean =>
  recovered.some(task => unpolluted(task, 'code') === 0)

/** Whether the body matches one of the rows 4 to 6, but has other resources than the request. */
const isOfOtherResources = ({ issues }: ContractViolation): boolean =>
  issues.every(({ _tag }) => _tag === 'ResourceMismatch')

const statusMismatch = (httpStatus: number): ContractIssue => ({
  _tag: 'StatusMismatch',
  httpStatus,
})

const isContractIssue = (issue: Issue): issue is ContractIssue =>
  issue._tag !== 'ShapeIssue' && issue._tag !== 'Rejection'

const withRetryAfter = <Outcome>(
  response: HttpResponse,
  decoded: E.Either<SubmissionError, Outcome>,
): E.Either<SubmissionError, Outcome> => {
  if (E.isRight(decoded) || decoded.left._tag !== 'Rejected') return decoded
  return E.left({ ...decoded.left, ...present('retryAfterMs', response) })
}

/** Returns an object with a member of the response if it is present, or else an empty one. */
const present = <Name extends 'retryAfterMs' | 'redirectOrigin'>(
  name: Name,
  response: HttpResponse,
): Pick<HttpResponse, Name> => {
  const value = unpolluted(response, name)
  return (value === undefined ? {} : { [name]: value }) as Pick<HttpResponse, Name>
}

/** Row 17: "status, first KiB of the body". */
const httpStatusError = (
  response: HttpResponse,
  body: string | Uint8Array,
  { recovered }: SubmissionError,
): HttpStatusError => ({
  _tag: 'HttpStatusError',
  httpStatus: response.status,
  bodyStart: showStart(body, 1024),
  ...present('redirectOrigin', response),
  ...present('retryAfterMs', response),
  recovered,
})
