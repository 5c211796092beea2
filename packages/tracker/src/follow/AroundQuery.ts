/**
 * What runs around the queries of a worker.
 *
 * @since 0.1.0
 */
import type { QueryError, TaskId } from '@task-outcome/core'
import { ignoreRejection } from '../clock/ignoreRejection.js'

/**
 * Runs around each query of a worker: makes a span of a trace, or measures its time. Call `run` before the first `await`; it starts the
 * query, and its promise never rejects. Whatever this function does, the query runs once, and its result counts.
 *
 * @example
 * import type { AroundQuery } from '@task-outcome/tracker'
 *
 * export const logged: AroundQuery = async ({ action, tasks }, run) => {
 *   const error = await run()
 *   console.log(action, tasks.length, error?._tag ?? 'ok')
 * }
 *
 * @category model
 * @since 0.1.0
 */
export type AroundQuery = (query: WorkerQuery, run: () => Promise<QueryError | undefined>) => unknown

/**
 * A query of a worker.
 *
 * @category model
 * @since 0.1.0
 */
export interface WorkerQuery {
  readonly account: string
  readonly action: string
  /** The tasks that it asks about. */
  readonly tasks: ReadonlyArray<{
    /** The id of its record. */
    readonly id: string
    readonly taskId: TaskId
    /** The `traceparent` of its submission, if that has one. */
    readonly traceparent?: string
  }>
}

/** @internal */
export const runAround = async <A>(
  around: AroundQuery | undefined,
  query: () => WorkerQuery,
  ask: () => Promise<A>,
  errorOf: (answers: A) => QueryError | undefined,
): Promise<A> => {
  if (around === undefined) return ask()
  let asking: Promise<A> | undefined
  const once = (): Promise<A> => (asking ??= ask())
  ignoreRejection(() => around(query(), async () => errorOf(await once())))
  return once()
}
