/**
 * Asking for the state of a task.
 *
 * @since 0.1.0
 */
import { type Json, QueryError, type TaskId, type TaskStatus, clientFailed } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'

/**
 * Asks for the state of one task: builds the request for it, and hands it to the `status` of a task client. It is called
 * anew for each look, so that each request gets a `Nonce` and a `Timestamp` of its own. The signal is aborted when nobody
 * waits for the answer any more.
 *
 * @example
 * import { createFetchTaskClient } from '@task-outcome/fetch'
 * import type { Query } from '@task-outcome/wait'
 *
 * const tasks = createFetchTaskClient(fetch, { timeoutMs: 10_000 })
 *
 * const query: Query = (taskId, signal) =>
 *   tasks.status(`https://lb.api.qcloud.com/v2/index.php?Action=DescribeLoadBalancersTaskResult&requestId=${taskId}`, {
 *     signal,
 *   })
 *
 * @category model
 * @since 0.1.0
 */
export type Query<Output = Json, Data = Json> = (
  taskId: TaskId,
  signal: AbortSignal,
) => TE.TaskEither<QueryError, TaskStatus<Output, Data>>

/**
 * Asks once. What the query throws, or rejects with, is a failed query like others, and so is what is no answer at all.
 *
 * @internal
 */
export const ask = async <Output, Data>(
  query: Query<Output, Data>,
  taskId: TaskId,
  signal: AbortSignal,
): Promise<E.Either<QueryError, TaskStatus<Output, Data>>> => {
  try {
    const answer = await query(taskId, signal)()
    if (isAnswer(answer)) return answer
    throw new TypeError('The query has given no Either of a QueryError or a TaskStatus')
  } catch (thrown) {
    return E.left({
      _tag: 'DeliveryUnknown',
      asked: 'status',
      reason: clientFailed(thrown),
      recovered: [],
    })
  }
}

/** Whoever is not held by types can give anything. */
const isAnswer = (answer: E.Either<QueryError, TaskStatus<unknown, unknown>>): boolean =>
  E.isLeft(answer) ? QueryError.is(answer.left) : states.has(answer.right._tag)

const states: ReadonlySet<string> = new Set<TaskStatus['_tag']>(['Succeeded', 'Failed', 'InProgress'])

/**
 * Whether asking again may bring an answer. PROTOCOL.md, section 6: "Asking for a task's status changes nothing: always
 * safe", so only a refusal that is known to be for good ends it (section 5, "a later try can help: no"). What went wrong in
 * transit, or did not come from the API, may be over the next time.
 *
 * @internal
 */
export const canAskAgain = (error: QueryError): boolean =>
  error._tag !== 'QueryRejected' || error.advice !== 'never'

/**
 * Whether the API, or what stands before it, asks for fewer queries. PROTOCOL.md, section 5, code 4400; RFC 6585, section 4.
 *
 * @internal
 */
export const isTooMany = (error: QueryError): boolean =>
  (error._tag === 'QueryRejected' && error.code === 4400) ||
  (error._tag === 'HttpStatusError' && error.httpStatus === 429)
