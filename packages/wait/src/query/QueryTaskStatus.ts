/**
 * Queries the status of a task.
 *
 * @since 0.1.0
 */
import { type Json, QueryError, type SubmissionError, type TaskId, type TaskStatus } from '@task-outcome/core'
import { type TransportReason, clientFailed } from '@task-outcome/core/adapter'
import { taskStatusCodec } from '@task-outcome/core/codec'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { ignoreRejection } from '../clock/ignoreErrors.js'
import { retryAfterOf } from '../pace/retryAfter.js'

/**
 * Queries the status of one task: builds the request and passes it to the `status` method of a task client. Called for each
 * query, so that each request has a new `Nonce` and `Timestamp`. The signal is aborted when the response is no longer needed. If
 * the API can tell of many tasks in one response, pass `QueryTaskStatuses` instead.
 *
 * If untyped code returns anything else, the task is left pending with a `QueryFailed` and is not queried again. The reason of
 * its error is `{ _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_QUERY_RESULT' }`.
 *
 * @example
 * import { createFetchTaskClient } from '@task-outcome/fetch'
 * import type { QueryTaskStatus } from '@task-outcome/wait'
 *
 * const tasks = createFetchTaskClient(fetch, { timeoutMs: 10_000 })
 *
 * const query: QueryTaskStatus = (taskId, signal) =>
 *   tasks.status(`https://lb.api.qcloud.com/v2/index.php?Action=DescribeLoadBalancersTaskResult&requestId=${taskId}`, {
 *     signal,
 *   })
 *
 * @category model
 * @since 0.1.0
 */
export type QueryTaskStatus<Output = Json, Data = Json> = (
  taskId: TaskId,
  signal: AbortSignal,
) => TE.TaskEither<QueryError, TaskStatus<Output, Data>>

/**
 * A failed query, and what it means for a wait.
 *
 * @category model
 * @since 0.1.0
 */
export interface FailedQuery {
  readonly error: QueryError
  /** Whether another query can succeed; `whileNew`: only while the task may be too new for the API to know it. */
  readonly askAgain: 'always' | 'whileNew' | 'never'
  /** How long to pause. */
  readonly retryAfterMs: number
}

/**
 * Runs a query function of the caller, whatever it does. If it throws or rejects, the query has failed like any other. If its
 * result can't be read, the caller has made a mistake, and another query does not help.
 *
 * @internal
 */
export const runQuery = async <A>(
  query: () => unknown,
  read: (result: unknown) => E.Either<FailedQuery, A> | undefined,
): Promise<E.Either<FailedQuery, A>> => {
  let result: unknown
  try {
    const task = query()
    if (typeof task !== 'function') {
      ignoreRejection(task)
      return E.left(misused)
    }
    result = await (task as () => unknown)()
  } catch (thrown) {
    return E.left(failedQuery(failedWith(clientFailed(thrown))))
  }
  try {
    return read(result) ?? E.left(misused)
  } catch {
    return E.left(misused) // reading it throws
  }
}

/**
 * Reads an Either, each property once, as untyped callers may return anything. Returns `undefined` unless its `Left` is a
 * `QueryError` and `readRight` can read its `Right`.
 *
 * @internal
 */
export const readEither = <A>(
  result: unknown,
  readRight: (right: unknown) => A | undefined,
): E.Either<FailedQuery, A> | undefined => {
  const { _tag, left, right } = result as Readonly<Record<string, unknown>>
  if (_tag === 'Right') {
    const read = readRight(right)
    if (read !== undefined) return E.right(read)
  } else {
    const error = { ...(left as object) }
    if (_tag === 'Left' && QueryError.is(error)) return E.left(failedQuery(error))
  }
  for (const value of [result, left, right]) ignoreRejection(value)
  return undefined
}

/** @internal */
export const readStatus = <Output, Data>(value: unknown): TaskStatus<Output, Data> | undefined => {
  const status = { ...(value as object) }
  return AnyStatus.is(status) ? (status as TaskStatus<Output, Data>) : undefined
}

const AnyStatus = taskStatusCodec({ output: t.unknown, data: t.unknown })

/**
 * Returns what a failed query means: whether to ask again, and after how long.
 *
 * @example
 * import { failedQuery, failedWith } from '@task-outcome/wait/query'
 *
 * failedQuery(failedWith({ _tag: 'TimedOut', timeoutMs: 10_000 })).askAgain // 'always'
 *
 * @category constructors
 * @since 0.1.0
 */
export const failedQuery = (error: QueryError): FailedQuery => ({
  error,
  askAgain: askAgain(error),
  retryAfterMs: retryAfterOf(error),
})

/**
 * Creates the error of a query that brought no response: `DeliveryUnknown`.
 *
 * @example
 * import { failedWith } from '@task-outcome/wait/query'
 *
 * const tookTooLong = failedWith({ _tag: 'TimedOut', timeoutMs: 10_000 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const failedWith = (reason: TransportReason): QueryError => ({
  _tag: 'DeliveryUnknown',
  operation: 'query',
  reason,
  recovered: [],
})

/**
 * What a query means that returned a value of another type: the caller has made a mistake, and another query does not help.
 *
 * @category data
 * @since 0.1.0
 */
export const misused: FailedQuery = {
  error: failedWith({ _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_QUERY_RESULT' }),
  askAgain: 'never',
  retryAfterMs: 0,
}

/**
 * PROTOCOL.md, section 6: "Querying a task's status changes nothing and is always safe". So only a rejection that is known to be
 * permanent ends it (section 5, "a later try can help: no"), and a call that is wrong. A failure in transit, or one that did not come from the API, may be
 * temporary. A task that was just accepted may not be known everywhere yet, so "no such resource" is permanent only after a
 * while.
 */
const askAgain = (error: QueryError): FailedQuery['askAgain'] => {
  if (error._tag === 'NotSent' && error.reason._tag === 'Misused') return 'never' // a wrong call stays wrong
  if (error._tag !== 'QueryRejected' || error.advice !== 'never') return 'always'
  return hasCode(error, 5000, 'ResourceNotFound') ? 'whileNew' : 'never'
}

/**
 * Returns whether a query of many was rejected for good, and one of its tasks can be the cause. A wrong signature, action or region
 * is wrong for each of them.
 *
 * @example
 * import { type FailedQuery, canBeOfOneTask } from '@task-outcome/wait/query'
 *
 * const isWorthHalving = (tasks: number, failure: FailedQuery) => tasks > 1 && canBeOfOneTask(failure)
 *
 * @category destructors
 * @since 0.1.0
 */
export const canBeOfOneTask = ({ askAgain, error }: FailedQuery): boolean =>
  askAgain !== 'always' && error._tag === 'QueryRejected' && !isOfWholeRequest(String(error.code))

/** The right to an operation can depend on the resource. Other codes that begin with `AuthFailure` are about the caller. */
const isOfWholeRequest = (code: string): boolean =>
  code !== 'AuthFailure.UnauthorizedOperation' && ofWholeRequest.has(code.replace(/\..*/s, ''))

/** PROTOCOL.md, section 5; and the codes that all services of API 3.0 share, without the parts after the dot. */
const ofWholeRequest: ReadonlySet<string> = new Set([
  ...['4100', '4105', '4106', '4600', '6100'],
  ...['ActionOffline', 'AuthFailure', 'DryRunOperation', 'InvalidAction', 'InvalidRequest'],
  ...['IpInBlacklist', 'IpNotInWhitelist', 'MissingParameter', 'NoSuchProduct', 'NoSuchVersion'],
  ...['UnknownParameter', 'UnsupportedProtocol', 'UnsupportedRegion'],
])

/** Whether an error has a code: the number of API 2.0, or the name of API 3.0, to which services add parts after a dot. */
const hasCode = ({ code }: { readonly code: number | string }, number: number, name: string): boolean =>
  code === number || code === name || String(code).startsWith(`${name}.`)

/**
 * Returns whether the API is overloaded, or has too many requests of the caller: code 4400, HTTP 429 or 503. PROTOCOL.md,
 * section 5; RFC 6585, section 4; RFC 9110, section 15.6.4.
 *
 * @example
 * import type { QueryError } from '@task-outcome/core'
 * import { isOverload } from '@task-outcome/wait/query'
 *
 * const pauseMs = (error: QueryError) => (isOverload(error) ? 1000 : 0)
 *
 * @category destructors
 * @since 0.1.0
 */
export const isOverload = (error: QueryError | SubmissionError): boolean => {
  const status = 'httpStatus' in error ? error.httpStatus : undefined
  const isRejection = error._tag === 'QueryRejected' || error._tag === 'Rejected'
  return status === 429 || status === 503 || (isRejection && hasCode(error, 4400, 'RequestLimitExceeded'))
}
