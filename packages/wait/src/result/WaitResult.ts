/**
 * What is known when a wait is over.
 *
 * @since 0.1.0
 */
import { Json, QueryError, ResourceId, type TaskEnd, TaskId } from '@task-outcome/core'
import { Aborted, TimedOut, aborted } from '@task-outcome/core/adapter'
import { nonEmptyArray, refine, taskEndCodec } from '@task-outcome/core/codec'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { count } from './count.js'
import { type DistinctTask, type TaskRefs, readTasks } from './TaskRef.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A task that has finished.
 *
 * @category model
 * @since 0.1.0
 */
export interface FinishedTask<Output = Json, Data = Json> {
  readonly _tag: 'FinishedTask'
  readonly taskId: TaskId
  /** The resources that it works on: one as a rule; none where its submission named none. */
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** How it finished: `Succeeded` or `Failed`. */
  readonly status: TaskEnd<Output, Data>
  /** How many queries it took. */
  readonly queries: number
}

/**
 * Why it is not known how a task finished:
 * - `Waiting`: the wait goes on; so in what is written down meanwhile;
 * - `TimedOut`: the time for the wait was over;
 * - `Aborted`: by the caller's signal, by something of the caller's that threw (a callback, a policy), or because an option
 *   or the task makes no sense;
 * - `PolicyGaveUp`: the polling policy said that it is enough;
 * - `QueryFailed`: too many queries failed in a row, one was refused for good, or the query function returned something else
 *   than its type says; the last one's error.
 *
 * @category model
 * @since 0.1.0
 */
export type PendingReason =
  | { readonly _tag: 'Waiting' }
  | TimedOut
  | Aborted
  | { readonly _tag: 'PolicyGaveUp' }
  | { readonly _tag: 'QueryFailed'; readonly error: QueryError }

/**
 * A task of which it is not known how it finished, or whether.
 *
 * @category model
 * @since 0.1.0
 */
export interface PendingTask {
  readonly _tag: 'PendingTask'
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** Why the wait did not see its end. */
  readonly reason: PendingReason
  /** How many queries were sent for it. */
  readonly queries: number
}

/**
 * Every task has finished, well or badly.
 *
 * @category model
 * @since 0.1.0
 */
export interface AllFinished<Output = Json, Data = Json> {
  readonly _tag: 'AllFinished'
  /** In the order in which their ends were noticed. */
  readonly finished: ReadonlyArray<FinishedTask<Output, Data>>
}

/**
 * The wait is over, and some tasks are pending. `resumeWait` goes on from here.
 *
 * @category model
 * @since 0.1.0
 */
export interface SomePending<Output = Json, Data = Json> {
  readonly _tag: 'SomePending'
  /** In the order in which their ends were noticed. */
  readonly finished: ReadonlyArray<FinishedTask<Output, Data>>
  /** In the order in which they were given. */
  readonly pending: ReadonlyNonEmptyArray<PendingTask>
}

/**
 * The wait has not begun, as what it was given is no list of tasks, no outcome or no result: nothing is claimed about tasks
 * that could not be read. TypeScript rules this out; plain JavaScript, or stored data that no codec has decoded, does not.
 * `resumeWait` returns it as it is. To wait for the tasks that could be read, pass `pendingTasks(result)` to `waitForBatch`.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidInput<Output = Json, Data = Json> {
  readonly _tag: 'InvalidInput'
  /** What was expected, what was found, and where: a `TypeError`. */
  readonly reason: Aborted
  /** The finished tasks that could be read. */
  readonly finished: ReadonlyArray<FinishedTask<Output, Data>>
  /** The other tasks that could be read. */
  readonly pending: ReadonlyArray<PendingTask>
}

/**
 * What is known when a wait is over: plain data, to store or to send on.
 *
 * @category model
 * @since 0.1.0
 */
export type WaitResult<Output = Json, Data = Json> =
  AllFinished<Output, Data> | SomePending<Output, Data> | InvalidInput<Output, Data>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * What is known before the first look: to be stored before a wait begins, so that `resumeWait` has something to go on from
 * whatever happens.
 *
 * @example
 * import type { BatchOutcome } from '@task-outcome/core'
 * import { initialWaitResult } from '@task-outcome/wait'
 *
 * const toStore = (outcome: BatchOutcome) => JSON.stringify(initialWaitResult(outcome))
 *
 * @category constructors
 * @since 0.1.0
 */
export const initialWaitResult = (tasks: TaskRefs): WaitResult<never, never> => {
  const read = readTasks(tasks)
  return read.issue === undefined
    ? resultOf([], read.tasks.map(pendingFor({ _tag: 'Waiting' })))
    : invalidInput(read.issue, [], read.tasks)
}

/** @internal */
export const resultOf = <Output, Data>(
  finished: ReadonlyArray<FinishedTask<Output, Data>>,
  pending: ReadonlyArray<PendingTask>,
): WaitResult<Output, Data> =>
  isNonEmpty(pending) ? { _tag: 'SomePending', finished, pending } : { _tag: 'AllFinished', finished }

/** @internal */
export const invalidInput = <Output, Data>(
  issue: string,
  finished: ReadonlyArray<FinishedTask<Output, Data>>,
  tasks: ReadonlyArray<DistinctTask>,
): InvalidInput<Output, Data> => {
  const reason = aborted(new TypeError(issue))
  return { _tag: 'InvalidInput', reason, finished, pending: tasks.map(pendingFor(reason)) }
}

/** @internal */
export const pendingFor =
  (reason: PendingReason) =>
  ({ taskId, resourceIds, queries }: DistinctTask): PendingTask => ({
    _tag: 'PendingTask',
    taskId,
    resourceIds,
    reason,
    queries,
  })

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * The pending tasks of a result; none if all have finished. Of an `InvalidInput`, those that could be read.
 *
 * @example
 * import { type WaitResult, pendingTasks } from '@task-outcome/wait'
 *
 * const whyOpen = (result: WaitResult) =>
 *   pendingTasks(result).map(({ taskId, reason }) => `${taskId}: ${reason._tag}`)
 *
 * @category destructors
 * @since 0.1.0
 */
export const pendingTasks = (result: WaitResult<unknown, unknown>): ReadonlyArray<PendingTask> =>
  result._tag === 'AllFinished' ? [] : result.pending

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

const PendingReason: t.Type<PendingReason> = t.union(
  [
    t.type({ _tag: t.literal('Waiting') }),
    TimedOut,
    Aborted,
    t.type({ _tag: t.literal('PolicyGaveUp') }),
    t.type({ _tag: t.literal('QueryFailed'), error: QueryError }),
  ],
  'PendingReason',
)

const task = { taskId: TaskId, resourceIds: t.readonlyArray(ResourceId), queries: count }

/**
 * The codec of a pending task.
 *
 * @category codecs
 * @since 0.1.0
 */
export const PendingTask: t.Type<PendingTask> = t.type(
  { _tag: t.literal('PendingTask'), ...task, reason: PendingReason },
  'PendingTask',
)

/**
 * The codec of a finished task whose output and data have codecs of their own.
 *
 * @example
 * import * as t from 'io-ts'
 * import { Json } from '@task-outcome/core'
 * import { finishedTaskCodec } from '@task-outcome/wait'
 *
 * const EndedImage = finishedTaskCodec({ output: Json, data: t.type({ imageId: t.string }) })
 *
 * @category codecs
 * @since 0.1.0
 */
export const finishedTaskCodec = <Output, OutputO, Data, DataO>(parts: {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
}): t.Type<FinishedTask<Output, Data>, FinishedTask<OutputO, DataO>> =>
  t.type({ _tag: t.literal('FinishedTask'), ...task, status: taskEndCodec(parts) }, 'FinishedTask')

/**
 * The codec of a finished task.
 *
 * @category codecs
 * @since 0.1.0
 */
export const FinishedTask: t.Type<FinishedTask> = finishedTaskCodec({ output: Json, data: Json })

/**
 * The codec of a result whose tasks' output and data have codecs of their own. It holds the result to what a wait guarantees:
 * it has each task once.
 *
 * @example
 * import * as t from 'io-ts'
 * import { Json } from '@task-outcome/core'
 * import { waitResultCodec } from '@task-outcome/wait'
 *
 * const ImageResult = waitResultCodec({ output: Json, data: t.type({ imageId: t.string }) })
 *
 * const restore = (stored: string) => ImageResult.decode(JSON.parse(stored))
 *
 * @category codecs
 * @since 0.1.0
 */
export const waitResultCodec = <Output, OutputO, Data, DataO>(parts: {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
}): t.Type<WaitResult<Output, Data>, WaitResult<OutputO, DataO>> => {
  const finished = t.readonlyArray(finishedTaskCodec(parts))
  return refine(
    'WaitResult',
    t.union([
      t.type({ _tag: t.literal('AllFinished'), finished }, 'AllFinished'),
      t.type(
        { _tag: t.literal('SomePending'), finished, pending: nonEmptyArray(PendingTask) },
        'SomePending',
      ),
      t.type(
        { _tag: t.literal('InvalidInput'), reason: Aborted, finished, pending: t.readonlyArray(PendingTask) },
        'InvalidInput',
      ),
    ]),
    hasEachTaskOnce,
  )
}

const hasEachTaskOnce = (result: WaitResult<unknown, unknown>): boolean => {
  const all = [...result.finished, ...pendingTasks(result)]
  return new Set(all.map(({ taskId }) => taskId)).size === all.length
}

/**
 * The codec of a result, to store it or to send it on.
 *
 * @category codecs
 * @since 0.1.0
 */
export const WaitResult: t.Type<WaitResult> = waitResultCodec({ output: Json, data: Json })
