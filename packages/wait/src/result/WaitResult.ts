/**
 * The result of a wait.
 *
 * @since 0.1.0
 */
import {
  Json,
  QueryError,
  RecoveredTask,
  RejectedEntry,
  ResourceId,
  type TaskEnd,
  TaskId,
} from '@task-outcome/core'
import { Aborted, TimedOut, aborted } from '@task-outcome/core/adapter'
import { hasNone, nonEmptyArray, refine, struct, taskEndCodec } from '@task-outcome/core/codec'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { count } from './count.js'
import { areDistinct } from './knownTasks.js'
import { newTasks, tasksInEntry, tasksInResponse } from './mentionedTasks.js'
import { readOrKeep } from './readOrKeep.js'
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
  /** The resources that it works on: usually one; none if its submission named none. */
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** How it finished: `Succeeded` or `Failed`. */
  readonly status: TaskEnd<Output, Data>
  /**
   * When the response arrived that told the end, in milliseconds since 1970. The task ended before that. Absent if the clock of the
   * wait has no date.
   */
  readonly endedAtMs?: number
  /** How many queries included this task. */
  readonly queries: number
}

/**
 * Why it is not known how a task finished:
 * - `Waiting`: the wait is still running; appears only in snapshots;
 * - `TimedOut`: the timeout of the wait has passed;
 * - `Aborted`: the signal was aborted, a callback or a policy threw, or an option or the task is invalid;
 * - `PolicyGaveUp`: the polling policy gave up;
 * - `QueryFailed`: too many queries failed in a row, one was rejected permanently, or the query function returned a value of
 *   another type; has the last query's error.
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
 * A task that is not known to have finished.
 *
 * @category model
 * @since 0.1.0
 */
export interface PendingTask {
  readonly _tag: 'PendingTask'
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** Why the wait does not know how it finished. */
  readonly reason: PendingReason
  /** How many queries were sent for it. */
  readonly queries: number
}

/**
 * Every task has finished: succeeded or failed. There is at least one.
 *
 * @category model
 * @since 0.1.0
 */
export interface AllFinished<Output = Json, Data = Json> {
  readonly _tag: 'AllFinished'
  /** In the order in which the wait saw them finish. */
  readonly finished: ReadonlyNonEmptyArray<FinishedTask<Output, Data>>
}

/**
 * The wait is over, but some tasks are pending. Pass the result to `resumeWait` to continue.
 *
 * @category model
 * @since 0.1.0
 */
export interface SomePending<Output = Json, Data = Json> {
  readonly _tag: 'SomePending'
  /** In the order in which the wait saw them finish. */
  readonly finished: ReadonlyArray<FinishedTask<Output, Data>>
  /** In the order of the input. */
  readonly pending: ReadonlyNonEmptyArray<PendingTask>
}

/**
 * There was no task to wait for: the input is an `AllRejected` or an empty array, such as the accepted entries of a resubmission
 * that has none. This is no success: nothing is known to have been started. `resumeWait` returns it unchanged.
 *
 * @category model
 * @since 0.1.0
 */
export interface NothingToWaitFor {
  readonly _tag: 'NothingToWaitFor'
  /** The entries of the `AllRejected`; empty if the input is an empty array. */
  readonly rejected: ReadonlyArray<RejectedEntry>
  /** The task ids in the `AllRejected`. These tasks may be running: to wait for them, pass this to `waitForBatch`. */
  readonly recovered: ReadonlyArray<RecoveredTask>
}

/**
 * The wait did not start, because its input is not an array of tasks, an outcome or a result. It claims nothing about tasks that
 * could not be read. TypeScript rules this out; untyped code, or stored data that was not decoded, does not. `resumeWait` returns
 * it unchanged. To wait for the tasks that could be read, pass `pendingTasks(result)` to `waitForBatch`.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidInput<Output = Json, Data = Json> {
  readonly _tag: 'InvalidInput'
  /** A `TypeError` that says what was expected, what was found, and where. */
  readonly reason: Aborted
  /** The finished tasks that could be read. */
  readonly finished: ReadonlyArray<FinishedTask<Output, Data>>
  /** The other tasks that could be read. */
  readonly pending: ReadonlyArray<PendingTask>
}

/**
 * The result of a wait: plain data that can be stored or sent.
 *
 * @category model
 * @since 0.1.0
 */
export type WaitResult<Output = Json, Data = Json> =
  AllFinished<Output, Data> | SomePending<Output, Data> | NothingToWaitFor | InvalidInput<Output, Data>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Creates the result before the first query. Store it before a wait starts, so that `resumeWait` can always continue.
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
  const rejected = readAllRejected(tasks)
  if (rejected !== undefined) return rejected
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
  isNonEmpty(pending)
    ? { _tag: 'SomePending', finished, pending }
    : isNonEmpty(finished)
      ? { _tag: 'AllFinished', finished }
      : nothingToWaitFor

/** @internal */
export const nothingToWaitFor: NothingToWaitFor = { _tag: 'NothingToWaitFor', rejected: [], recovered: [] }

/**
 * Reads a batch that was rejected as a whole. Returns `undefined` for anything else, also for one with an invalid entry.
 *
 * @internal
 */
export const readAllRejected = (from: unknown): NothingToWaitFor | undefined => {
  try {
    const { _tag, rejected, codeDesc, extra } = from as Readonly<Record<string, unknown>>
    if (_tag !== 'AllRejected' || !hasNone(from as object, 'accepted') || !rejections.is(rejected))
      return undefined
    const recovered = newTasks(
      [],
      [...rejected.flatMap(tasksInEntry), ...tasksInResponse({ codeDesc, extra })],
    )
    return { _tag: 'NothingToWaitFor', rejected, recovered }
  } catch {
    return undefined // it is nothing, or reading it throws
  }
}

const rejections = nonEmptyArray(RejectedEntry)

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
 * Returns the pending tasks of a result: none if all have finished; those that could be read of an `InvalidInput`. If the input is
 * not a result, which TypeScript rules out, returns it in an array that `waitForBatch` rejects.
 *
 * @example
 * import { type WaitResult, pendingTasks } from '@task-outcome/wait'
 *
 * const whyPending = (result: WaitResult) =>
 *   pendingTasks(result).map(({ taskId, reason }) => `${taskId}: ${reason._tag}`)
 *
 * @category destructors
 * @since 0.1.0
 */
export const pendingTasks = (result: WaitResult<unknown, unknown>): ReadonlyArray<PendingTask> =>
  readOrKeep<WaitResult<unknown, unknown>, PendingTask>(result, read => {
    // They count whatever the tag is: undecoded data can contradict itself.
    const { _tag, pending } = read as { readonly _tag: unknown; readonly pending?: unknown }
    if (Array.isArray(pending)) return pending as ReadonlyArray<PendingTask>
    return (_tag === 'AllFinished' || _tag === 'NothingToWaitFor') && hasNone(read, 'pending')
      ? []
      : undefined
  })

/**
 * Returns the finished tasks of a result: none of a `NothingToWaitFor`; those that could be read of an `InvalidInput`. Returns an
 * input that is not a result as `pendingTasks` does.
 *
 * @example
 * import { type WaitResult, finishedTasks } from '@task-outcome/wait'
 *
 * const failedTasks = (result: WaitResult) => finishedTasks(result).filter(({ status }) => status._tag === 'Failed')
 *
 * @category destructors
 * @since 0.1.0
 */
export const finishedTasks = <Output, Data>(
  result: WaitResult<Output, Data>,
): ReadonlyArray<FinishedTask<Output, Data>> =>
  readOrKeep(result, read => {
    if (read._tag === 'NothingToWaitFor') return []
    const finished: unknown = read.finished
    return Array.isArray(finished) ? (finished as ReadonlyArray<FinishedTask<Output, Data>>) : undefined
  })

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

/** @internal */
export const pendingReasonCodec: t.Type<PendingReason> = t.union(
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
 * The codec for a pending task.
 *
 * @category codecs
 * @since 0.1.0
 */
export const PendingTask: t.Type<PendingTask> = t.type(
  { _tag: t.literal('PendingTask'), ...task, reason: pendingReasonCodec },
  'PendingTask',
)

/**
 * Creates the codec for a finished task from codecs for its output and data.
 *
 * @example
 * import * as t from 'io-ts'
 * import { Json } from '@task-outcome/core'
 * import { finishedTaskCodec } from '@task-outcome/wait'
 *
 * const FinishedImage = finishedTaskCodec({ output: Json, data: t.type({ imageId: t.string }) })
 *
 * @category codecs
 * @since 0.1.0
 */
export const finishedTaskCodec = <Output, OutputO, Data, DataO>(parts: {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
}): t.Type<FinishedTask<Output, Data>, FinishedTask<OutputO, DataO>> =>
  struct(
    'FinishedTask',
    { _tag: t.literal('FinishedTask'), ...task, status: taskEndCodec(parts) },
    { endedAtMs: t.number },
  )

/**
 * The codec of a finished task.
 *
 * @category codecs
 * @since 0.1.0
 */
export const FinishedTask: t.Type<FinishedTask> = finishedTaskCodec({ output: Json, data: Json })

/**
 * Whether it is a finished task, whatever its output and data are.
 *
 * @internal
 */
export const isFinishedTask = <Output, Data>(item: unknown): item is FinishedTask<Output, Data> =>
  AnyFinishedTask.is(item)

const AnyFinishedTask = finishedTaskCodec({ output: t.unknown, data: t.unknown })

/**
 * Creates the codec for a result from codecs for the output and data of its tasks. It checks what a wait guarantees: each task
 * occurs once, and none is pending if all have finished.
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
  const finishedTask = finishedTaskCodec(parts)
  const finished = t.readonlyArray(finishedTask)
  return refine(
    'WaitResult',
    t.union([
      t.type({ _tag: t.literal('AllFinished'), finished: nonEmptyArray(finishedTask) }, 'AllFinished'),
      t.type(
        { _tag: t.literal('SomePending'), finished, pending: nonEmptyArray(PendingTask) },
        'SomePending',
      ),
      t.type(
        {
          _tag: t.literal('NothingToWaitFor'),
          rejected: t.readonlyArray(RejectedEntry),
          recovered: t.readonlyArray(RecoveredTask),
        },
        'NothingToWaitFor',
      ),
      t.type(
        { _tag: t.literal('InvalidInput'), reason: Aborted, finished, pending: t.readonlyArray(PendingTask) },
        'InvalidInput',
      ),
    ]),
    isConsistent,
  )
}

const isConsistent = (result: WaitResult<unknown, unknown>): boolean => {
  switch (result._tag) {
    case 'AllFinished':
      return hasNone(result, 'pending') && areDistinct(result.finished)
    case 'NothingToWaitFor':
      return hasNone(result, 'finished') && hasNone(result, 'pending')
    default:
      return areDistinct([...result.finished, ...result.pending])
  }
}

/**
 * The codec for a result. Use it to store or send one.
 *
 * @category codecs
 * @since 0.1.0
 */
export const WaitResult: t.Type<WaitResult> = waitResultCodec({ output: Json, data: Json })
