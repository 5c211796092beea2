/**
 * Queries the states of many tasks with one request.
 *
 * @since 0.1.0
 */
import type { Json, QueryError, ResourceId, TaskId, TaskStatus } from '@task-outcome/core'
import type * as E from 'fp-ts/lib/Either.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'

/**
 * Queries the states of several tasks with one request, such as `DescribeInstances`, which takes up to 100 ids.
 *
 * @example
 * import { type TaskId, type ResourceId, decodeTaskStatus } from '@task-outcome/core'
 * import type { QueryTaskStatuses } from '@task-outcome/wait'
 * import { either as E, taskEither as TE } from 'fp-ts'
 *
 * // An API that takes many ids. It names its tasks by the id of the request and the instance.
 * declare const describeInstances: (ids: ReadonlyArray<ResourceId>) =>
 *   Promise<ReadonlyArray<{ instance: ResourceId; request: TaskId; body: string }>>
 *
 * const query: QueryTaskStatuses = {
 *   maxTasksPerQuery: 100,
 *   taskPerResource: true,
 *   query: tasks => async () => {
 *     const instances = await describeInstances(tasks.flatMap(({ resourceIds }) => resourceIds))
 *     return E.right(
 *       instances.map(({ instance, request, body }) => ({
 *         taskId: request,
 *         resourceId: instance,
 *         status: decodeTaskStatus(body),
 *       })),
 *     )
 *   },
 * }
 *
 * @category model
 * @since 0.1.0
 */
export interface QueryTaskStatuses<Output = Json, Data = Json> {
  /** How many tasks one query can ask for: an integer of at least 1. */
  readonly maxTasksPerQuery: number
  /**
   * Whether a task id and a resource name a task only together, as where all instances of one request share its `RequestId`. Then
   * each resource has an end of its own, and its own `FinishedTask`. A task whose resource is unknown, as of some recovered ids, is
   * not queried, so that it does no harm to the others: it is pending with a `QueryFailed` whose error is `NotSent`, `Misused`.
   * Default: `false`: resources that share a task id share a task.
   */
  readonly taskPerResource?: boolean
  /**
   * Builds the request for these tasks, at most `maxTasksPerQuery`, and sends it. Called for each query, so that each request has
   * a new `Nonce` and `Timestamp`. The signal is aborted when the response is no longer needed.
   *
   * `Left` is an error of the query, which says nothing about any of its tasks. `Right` has what the response says, in any order.
   * A task that is left out is in progress: it is queried again. A status of a task that was not asked for is ignored.
   *
   * If untyped code returns anything else, or a status that is no `Either`, the tasks concerned are left pending as described at
   * `QueryTaskStatus`.
   */
  readonly query: (
    tasks: ReadonlyNonEmptyArray<QueriedTask>,
    signal: AbortSignal,
  ) => TE.TaskEither<QueryError, ReadonlyArray<QueriedStatus<Output, Data>>>
}

/**
 * A task to query.
 *
 * @category model
 * @since 0.1.0
 */
export interface QueriedTask {
  readonly taskId: TaskId
  /** The resource, if exactly one is known. */
  readonly resourceId?: ResourceId
  /** All resources that it works on, as far as they are known. With `taskPerResource` exactly one. */
  readonly resourceIds: ReadonlyArray<ResourceId>
}

/**
 * What a response says about one task.
 *
 * @category model
 * @since 0.1.0
 */
export interface QueriedStatus<Output = Json, Data = Json> {
  readonly taskId: TaskId
  /** Required with `taskPerResource`, else ignored. */
  readonly resourceId?: ResourceId | undefined
  /** `Left`: the status could not be read. This says nothing about the task, and it is queried again, as after a failed query. */
  readonly status: E.Either<QueryError, TaskStatus<Output, Data>>
}
