/**
 * Errors as text.
 *
 * @since 0.1.0
 */
import { kindOf } from '../json/kindOf.js'
import type { BatchEntry } from '../outcome/BatchOutcome.js'
import type { RetryAdvice } from '../wire/ErrorCode.js'
import type { RecoveredTask } from '../wire/RecoveredTask.js'
import type { Rejection } from '../wire/Rejection.js'
import { replayedCode } from '../wire/replayedCode.js'
import type { ContractIssue } from './ContractIssue.js'
import type { TransportReason } from './TransportReason.js'
import type { RequestSummary } from './RequestSummary.js'
import { property } from './thrown.js'
import type {
  DeliveryUnknown,
  Issue,
  QueryError,
  SentMoreThanOnce,
  SubmissionError,
  TaskError,
} from './TaskError.js'

/**
 * Formats an error as one line: what happened, to which request, which tasks may be running, and what to do.
 * For any other value, such as an `Either`, the line says that a `TaskError` was expected; nothing is thrown.
 *
 * @example
 * import { decodeOrdinaryTask, showTaskError } from '@task-outcome/core'
 * import { either as E } from 'fp-ts'
 *
 * E.mapLeft(showTaskError)(decodeOrdinaryTask('{"code":4400,"message":"too fast"}'))
 * // left('Rejected: 4400, quota exceeded: too many requests: "too fast". Send it again later.')
 *
 * @category destructors
 * @since 0.1.0
 */
export const showTaskError = (error: TaskError): string => {
  try {
    return oneLine(show(error) ?? showOther(error))
  } catch {
    return oneLine(showOther(error)) // from an untyped caller
  }
}

/** Returns `undefined` for another tag, which only untyped callers can pass. */
const show = (error: TaskError): string | undefined => {
  const happened = whatHappened(error)
  return (
    happened &&
    `${happened}${error.request === undefined ? '' : ` (${showRequest(error.request)})`}. ` +
      `${showRecovered(error.recovered)}${isOfQuery(error) ? whatToQuery(error) : whatToDo(error)}`
  )
}

/** The most likely mistake: the caller has not taken the error out of the `Either`. */
const showOther = (value: unknown): string => `Expected a TaskError, found ${kindOfOther(value)}.`

const kindOfOther = (value: unknown): string => {
  const tag = property(value, '_tag')
  if (tag === 'Left') return 'an Either (Left): pass its left'
  if (tag === 'Right') return 'an Either (Right), which holds no error'
  return `${kindOf(value)}${typeof tag === 'string' ? ` with the _tag ${quote(tag)}` : ''}`
}

/**
 * Converts an error to an `Error`, for code that throws. Its `message` is the line of {@link showTaskError}, its `taskError`
 * the error itself, and its `name` is `TaskError`.
 *
 * @example
 * import { decodeOrdinaryTask, toError } from '@task-outcome/core'
 * import { either as E } from 'fp-ts'
 *
 * const taskIdOrThrow = (body: string) => {
 *   const outcome = decodeOrdinaryTask(body)
 *   if (E.isLeft(outcome)) throw toError(outcome.left)
 *   return outcome.right.taskId
 * }
 *
 * @category destructors
 * @since 0.1.0
 */
export const toError = <Failure extends TaskError>(
  taskError: Failure,
): Error & { readonly taskError: Failure } =>
  Object.assign(new Error(showTaskError(taskError)), { name: 'TaskError', taskError })

const isOfQuery = (error: TaskError): error is QueryError => 'operation' in error

const whatHappened = (error: TaskError): string | undefined => {
  switch (error._tag) {
    case 'NotSent':
      return `Not sent: ${showTransportReason(error.reason)}`
    case 'DeliveryUnknown':
      return `Delivery unknown: ${showReason(error.reason)}`
    case 'ResponseTooLarge':
      return `Response too large: more than ${error.maxBodyBytes} bytes, with HTTP ${error.httpStatus}`
    case 'HttpStatusError': {
      const redirect =
        error.redirectOrigin === undefined ? '' : `, a redirect to ${error.redirectOrigin}, not followed`
      const body = error.bodyStart === '' ? 'an empty body' : `the body ${quote(error.bodyStart)}`
      return `HTTP ${error.httpStatus}${redirect}, with ${body}`
    }
    case 'MalformedJson':
      return (
        `Malformed JSON: line ${error.line}, column ${error.column}: ` +
        `expected ${error.expected}, found ${error.found}`
      )
    case 'ShapeError':
      return `Unexpected shape: ${list([...error.issues, ...error.alsoFound], showIssue)}`
    case 'ContractViolation':
      return (
        `Contradictory response: ${list([...error.issues, ...error.alsoFound], showIssue)}` +
        showEntries(error.entries)
      )
    case 'Rejected':
    case 'QueryRejected': {
      const what = error._tag === 'Rejected' ? 'Rejected' : 'Query rejected'
      const status = error.httpStatus === undefined ? '' : ` with HTTP ${error.httpStatus}`
      return `${what}${status}: ${showRejection(error)}`
    }
  }
}

const whatToDo = (error: SubmissionError): string => {
  switch (error._tag) {
    case 'NotSent':
      return error.reason._tag === 'Misused'
        ? 'Nothing was started: correct the call.'
        : 'Nothing was started: it is safe to send it again.'
    case 'Rejected':
      if (error.recovered.length > 0)
        return 'A task may be running: check the resource before you submit again.'
      return error.code === replayedCode ? whatToDoAboutReplay : advice[error.advice]
    case 'DeliveryUnknown':
      return error.reason._tag === 'SentMoreThanOnce'
        ? 'Several tasks may be running: check the resources before you submit again.'
        : 'A task may be running: check the resource before you submit again.'
    case 'ResponseTooLarge':
      return 'A task may be running: raise maxBodyBytes, and check the resource before you submit again.'
    case 'HttpStatusError':
      // RFC 9110, section 15.5.8
      if (error.httpStatus === 407)
        return 'A proxy requires credentials and did not forward the request: configure them.'
      return 'Tasks may be running: check the resources before you submit again.'
    case 'MalformedJson':
    case 'ShapeError':
    case 'ContractViolation':
      return 'Tasks may be running: check the resources before you submit again.'
  }
}

/** PROTOCOL.md, section 6: "Querying a task's status changes nothing and is always safe." */
const whatToQuery = (error: QueryError): string => {
  const nothingKnown = 'This says nothing about the task.'
  switch (error._tag) {
    case 'QueryRejected':
      return `${nothingKnown} ${queryAdvice[error.advice]}`
    case 'ResponseTooLarge':
      return `${nothingKnown} Raise maxBodyBytes and query again.`
    case 'NotSent':
      if (error.reason._tag === 'Misused')
        return `${nothingKnown} Correct the call: to repeat it does not help.`
      return `${nothingKnown} It is safe to query again.`
    default:
      return `${nothingKnown} It is safe to query again.`
  }
}

const queryAdvice: Readonly<Record<RetryAdvice, string>> = {
  never: 'Do not repeat the query unchanged.',
  later: 'Query again later.',
  resigned: 'Query again with a new signature.',
  rejectedOnly: 'It is not known whether another query helps.',
  unknown: 'It is not known whether another query helps.',
}

const advice: Readonly<Record<RetryAdvice, string>> = {
  never: 'Do not send it again unchanged.',
  later: 'Send it again later.',
  resigned: 'Send it again with a new signature.',
  rejectedOnly: 'Send again only the rejected part, and check first what was accepted.',
  unknown: 'It is not known whether sending it again helps.',
}

const whatToDoAboutReplay =
  'The API may have seen this request before: check the resource before you submit again, and check your clock.'

const showReason = (reason: DeliveryUnknown['reason']): string =>
  reason._tag === 'SentMoreThanOnce'
    ? `sent more than once, and an earlier send may have started a task; the last response alone: ${showLastResult(reason)}`
    : showTransportReason(reason)

const showLastResult = ({ lastResult }: SentMoreThanOnce): string => {
  switch (lastResult._tag) {
    case 'AcceptedTask':
      return `task ${cut(lastResult.taskId)} accepted`
    case 'AllAccepted':
      return `${lastResult.accepted.length} accepted`
    case 'PartlyAccepted':
      return `${lastResult.accepted.length} accepted, ${lastResult.rejected.length} rejected`
    case 'AllRejected':
      return `${lastResult.rejected.length} rejected`
    case 'Rejected':
      return `rejected: ${showRejection(lastResult)}`
    case 'HttpStatusError':
      return `HTTP ${lastResult.httpStatus}`
  }
}

const showTransportReason = (reason: TransportReason): string => {
  switch (reason._tag) {
    case 'TimedOut':
      return `timed out after ${reason.timeoutMs} ms`
    case 'Aborted':
      return `aborted: ${cut(reason.name)}${reason.message === '' ? '' : `: ${cut(reason.message)}`}`
    case 'NetworkFailed':
      return `the network failed: ${cut(reason.code)}${reason.address === undefined ? '' : ` at ${cut(reason.address)}`}`
    case 'ClientFailed':
      return `the client failed: ${cut(reason.name)}${reason.code === undefined ? '' : `: ${cut(reason.code)}`}`
    case 'Misused':
      return reason.message
  }
}

const showRequest = ({ method, origin, path, action }: RequestSummary): string =>
  `${method} ${origin}${path}${action === undefined ? '' : `, Action ${action}`}`

const showRejection = ({ code, meaning, message, codeDesc }: Rejection): string =>
  [
    `${cut(String(code))}, ${meaning}`,
    ...(message === '' ? [] : [quote(message)]),
    ...(codeDesc === '' ? [] : [cut(codeDesc)]),
  ].join(': ')

const showIssue = (issue: Issue): string => {
  switch (issue._tag) {
    case 'ShapeIssue':
      return (
        `${showPath(issue.path)}: expected ${issue.expected}, found ${issue.found}` +
        (issue.message === undefined ? '' : `: ${quote(issue.message)}`)
      )
    case 'Rejection':
      return `rejected: ${showRejection(issue)}`
    default:
      return showContractIssue(issue)
  }
}

const showContractIssue = (issue: ContractIssue): string => {
  switch (issue._tag) {
    case 'MissingTaskId':
      return `${showPath(issue.path)}: accepted, but no task id`
    case 'MissingEntries':
      return `code ${issue.code}, but /detail names no resource`
    case 'CodeMismatch':
      return `code ${issue.code}, but ${issue.accepted} accepted and ${issue.rejected} rejected in /detail`
    case 'DuplicateMember':
      return `${showPath(issue.path)}: duplicate member with ${issue.values.length} different values`
    case 'FormatMismatch':
      return `expected the ${issue.requested} format, found the ${issue.received} format`
    case 'StatusMismatch':
      return `HTTP ${issue.httpStatus} with a task outcome in its body`
    case 'ResourceMismatch': {
      const { missing, unrequested } = issue
      return [
        ...(missing.length === 0 ? [] : [`no entry for ${list(missing, cut, ', ')}`]),
        ...(unrequested.length === 0 ? [] : [`not requested: ${list(unrequested, cut, ', ')}`]),
      ].join('; ')
    }
  }
}

const showEntries = (entries: ReadonlyArray<BatchEntry>): string =>
  entries.length === 0 ? '' : `; ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'} readable`

const showRecovered = (recovered: ReadonlyArray<RecoveredTask>): string =>
  recovered.length === 0 ? '' : `Task ids read: ${list(recovered, showRecoveredTask, ', ')}. `

const showRecoveredTask = ({ taskId, resourceId, code }: RecoveredTask): string => {
  const about = [
    ...(resourceId === undefined ? [] : [`of ${cut(resourceId)}`]),
    ...(code === undefined ? [] : [`code ${code}`]),
  ]
  return about.length === 0 ? cut(taskId) : `${cut(taskId)} (${about.join(', ')})`
}

const showPath = (path: string): string => (path === '' ? 'the response' : cut(path))

const longestText = 200
const longestList = 5

const quote = (text: string): string => JSON.stringify(cut(text))

const cut = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text)

/** Formats only the items that are shown: the text of 100,000 paths may not fit into memory. */
const list = <A>(items: ReadonlyArray<A>, show: (item: A) => string, separator = '; '): string => {
  const shown = items.slice(0, longestList).map(show)
  const more = items.length - shown.length
  return [...shown, ...(more === 0 ? [] : [`and ${more} more`])].join(separator)
}

/**
 * Escapes line breaks, control characters, invisible characters that reorder or hide what a log or a terminal shows, and lone
 * surrogates, which some logs cannot store.
 */
const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{e0000}-\u{e0fff}]/gu, character =>
    character
      .split('')
      .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
