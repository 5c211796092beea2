/**
 * Asking for the state of a task.
 *
 * @since 0.1.0
 */
import { type Json, QueryError, type TaskId, type TaskStatus } from '@task-outcome/core'
import { type TransportReason, clientFailed } from '@task-outcome/core/adapter'
import { taskStatusCodec } from '@task-outcome/core/codec'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { retryAfterOf } from '../pace/retryAfter.js'

/**
 * Asks for the state of one task: builds the request for it, and hands it to the `status` of a task client. It is called
 * anew for each look, so that each request gets a `Nonce` and a `Timestamp` of its own. The signal aborts when no one
 * waits for the response any more.
 *
 * If it returns anything else, as untyped code may, its task is left pending with a `QueryFailed` whose error has the reason
 * `{ _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_QUERY_RESULT' }`, and is not asked about again.
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
 * What a failed query means for the wait.
 *
 * @internal
 */
export interface FailedQuery {
  readonly error: QueryError
  /** Whether asking again may bring a response; `whileNew`: only as long as the API may not know the task yet. */
  readonly askAgain: 'always' | 'whileNew' | 'never'
  /** The API asks for fewer queries, of whichever tasks. */
  readonly isOverload: boolean
  /** How long to leave the API alone. */
  readonly retryAfterMs: number
}

/**
 * Asks once. What the query throws, or rejects with, is a failed query like others. A query function that does not return what
 * its type says is a mistake of the caller's, and asking again does not help.
 *
 * @internal
 */
export const ask = async <Output, Data>(
  query: QueryTaskStatus<Output, Data>,
  taskId: TaskId,
  signal: AbortSignal,
): Promise<E.Either<FailedQuery, TaskStatus<Output, Data>>> => {
  if (typeof query !== 'function') return E.left(misused)
  let result: unknown
  try {
    const task: unknown = query(taskId, signal)
    if (typeof task !== 'function') return E.left(misused)
    result = await (task as () => unknown)()
  } catch (thrown) {
    return E.left(failedQuery(failedWith(clientFailed(thrown))))
  }
  try {
    return resultOf(result) ?? E.left(misused)
  } catch {
    return E.left(misused) // looking at it throws
  }
}

/** Reads each property once, since untyped callers may return anything; `undefined` if it is no Either of the two. */
const resultOf = <Output, Data>(
  result: unknown,
): E.Either<FailedQuery, TaskStatus<Output, Data>> | undefined => {
  const { _tag, left, right } = result as Readonly<Record<string, unknown>>
  if (_tag === 'Right') {
    const status = { ...(right as object) }
    return AnyStatus.is(status) ? E.right(status as TaskStatus<Output, Data>) : undefined
  }
  const error = { ...(left as object) }
  return _tag === 'Left' && QueryError.is(error) ? E.left(failedQuery(error)) : undefined
}

const AnyStatus = taskStatusCodec({ output: t.unknown, data: t.unknown })

/** @internal */
export const failedQuery = (error: QueryError): FailedQuery => ({
  error,
  askAgain: askAgain(error),
  isOverload: isOverload(error),
  retryAfterMs: retryAfterOf(error),
})

/** @internal */
export const failedWith = (reason: TransportReason): QueryError => ({
  _tag: 'DeliveryUnknown',
  operation: 'query',
  reason,
  recovered: [],
})

const misused: FailedQuery = {
  error: failedWith({ _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_QUERY_RESULT' }),
  askAgain: 'never',
  isOverload: false,
  retryAfterMs: 0,
}

/**
 * PROTOCOL.md, section 6: "Asking for a task's status changes nothing: always safe", so only a refusal that is known to be
 * for good ends it (section 5, "a later try can help: no"). What went wrong in transit, or did not come from the API, may be
 * over the next time. A task that has just been accepted may not be known everywhere yet: "no such resource" is for good only
 * after a while.
 */
const askAgain = (error: QueryError): FailedQuery['askAgain'] => {
  if (error._tag !== 'QueryRejected' || error.advice !== 'never') return 'always'
  return error.code === 5000 ? 'whileNew' : 'never'
}

/** PROTOCOL.md, section 5, code 4400; RFC 6585, section 4; RFC 9110, section 15.6.4. */
const isOverload = (error: QueryError): boolean => {
  const status = 'httpStatus' in error ? error.httpStatus : undefined
  return status === 429 || status === 503 || (error._tag === 'QueryRejected' && error.code === 4400)
}
