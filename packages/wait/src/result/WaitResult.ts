/**
 * What is known when a wait is over.
 *
 * @since 0.1.0
 */
import {
  Aborted,
  Json,
  QueryError,
  ResourceId,
  type TaskEnd,
  TaskId,
  TimedOut,
  aborted,
  nonEmptyArray,
  refine,
  taskEnd,
} from '@task-outcome/core'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { count } from './count.js'
import { type DistinctTask, type TasksToWaitFor, readTasks } from './TaskToWaitFor.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A task that has ended.
 *
 * @category model
 * @since 0.1.0
 */
export interface EndedTask<Output = Json, Data = Json> {
  readonly _tag: 'EndedTask'
  readonly taskId: TaskId
  /** The resources that it works on: one as a rule; none where its submission named none. */
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** How it ended: `Succeeded` or `Failed`. */
  readonly status: TaskEnd<Output, Data>
  /** How many queries it took. */
  readonly queries: number
}

/**
 * Why it is not known how a task ended:
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
export type OpenReason =
  | { readonly _tag: 'Waiting' }
  | TimedOut
  | Aborted
  | { readonly _tag: 'PolicyGaveUp' }
  | { readonly _tag: 'QueryFailed'; readonly error: QueryError }

/**
 * A task of which it is not known how it ended, or whether.
 *
 * @category model
 * @since 0.1.0
 */
export interface OpenTask {
  readonly _tag: 'OpenTask'
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** Why the wait did not see its end. */
  readonly reason: OpenReason
  /** How many queries were sent for it. */
  readonly queries: number
}

/**
 * Every task has ended, well or badly.
 *
 * @category model
 * @since 0.1.0
 */
export interface AllEnded<Output = Json, Data = Json> {
  readonly _tag: 'AllEnded'
  /** In the order in which their ends were noticed. */
  readonly ended: ReadonlyArray<EndedTask<Output, Data>>
}

/**
 * The wait is over, and some tasks are open. `resume` goes on from here.
 *
 * @category model
 * @since 0.1.0
 */
export interface SomeOpen<Output = Json, Data = Json> {
  readonly _tag: 'SomeOpen'
  /** In the order in which their ends were noticed. */
  readonly ended: ReadonlyArray<EndedTask<Output, Data>>
  /** In the order in which they were given. */
  readonly open: ReadonlyNonEmptyArray<OpenTask>
}

/**
 * The wait has not begun, as what it was given is no list of tasks, no outcome or no result: nothing is claimed about tasks
 * that could not be read. TypeScript rules this out; plain JavaScript, or stored data that no codec has decoded, does not.
 * `resume` returns it as it is. To wait for the tasks that could be read, pass `openTasks(result)` to `waitForBatch`.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidInput<Output = Json, Data = Json> {
  readonly _tag: 'InvalidInput'
  /** What was expected, what was found, and where: a `TypeError`. */
  readonly reason: Aborted
  /** The ended tasks that could be read. */
  readonly ended: ReadonlyArray<EndedTask<Output, Data>>
  /** The other tasks that could be read. */
  readonly open: ReadonlyArray<OpenTask>
}

/**
 * What is known when a wait is over: plain data, to store or to send on.
 *
 * @category model
 * @since 0.1.0
 */
export type WaitResult<Output = Json, Data = Json> =
  AllEnded<Output, Data> | SomeOpen<Output, Data> | InvalidInput<Output, Data>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * What is known before the first look: to be stored before a wait begins, so that `resume` has something to go on from
 * whatever happens.
 *
 * @example
 * import type { BatchOutcome } from '@task-outcome/core'
 * import { allOpen } from '@task-outcome/wait'
 *
 * const toStore = (outcome: BatchOutcome) => JSON.stringify(allOpen(outcome))
 *
 * @category constructors
 * @since 0.1.0
 */
export const allOpen = (tasks: TasksToWaitFor): WaitResult<never, never> => {
  const read = readTasks(tasks)
  return read.fault === undefined
    ? resultOf([], read.tasks.map(openFor({ _tag: 'Waiting' })))
    : invalidInput(read.fault, [], read.tasks)
}

/** @internal */
export const resultOf = <Output, Data>(
  ended: ReadonlyArray<EndedTask<Output, Data>>,
  open: ReadonlyArray<OpenTask>,
): WaitResult<Output, Data> =>
  isNonEmpty(open) ? { _tag: 'SomeOpen', ended, open } : { _tag: 'AllEnded', ended }

/** @internal */
export const invalidInput = <Output, Data>(
  fault: string,
  ended: ReadonlyArray<EndedTask<Output, Data>>,
  tasks: ReadonlyArray<DistinctTask>,
): InvalidInput<Output, Data> => {
  const reason = aborted(new TypeError(fault))
  return { _tag: 'InvalidInput', reason, ended, open: tasks.map(openFor(reason)) }
}

/** @internal */
export const openFor =
  (reason: OpenReason) =>
  ({ taskId, resourceIds, queries }: DistinctTask): OpenTask => ({
    _tag: 'OpenTask',
    taskId,
    resourceIds,
    reason,
    queries,
  })

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * The open tasks of a result; none if all have ended. Of an `InvalidInput`, those that could be read.
 *
 * @example
 * import { type WaitResult, openTasks } from '@task-outcome/wait'
 *
 * const whyOpen = (result: WaitResult) =>
 *   openTasks(result).map(({ taskId, reason }) => `${taskId}: ${reason._tag}`)
 *
 * @category destructors
 * @since 0.1.0
 */
export const openTasks = (result: WaitResult<unknown, unknown>): ReadonlyArray<OpenTask> =>
  result._tag === 'AllEnded' ? [] : result.open

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

const OpenReason: t.Type<OpenReason> = t.union(
  [
    t.type({ _tag: t.literal('Waiting') }),
    TimedOut,
    Aborted,
    t.type({ _tag: t.literal('PolicyGaveUp') }),
    t.type({ _tag: t.literal('QueryFailed'), error: QueryError }),
  ],
  'OpenReason',
)

const task = { taskId: TaskId, resourceIds: t.readonlyArray(ResourceId), queries: count }

/**
 * The codec of an open task.
 *
 * @category codecs
 * @since 0.1.0
 */
export const OpenTask: t.Type<OpenTask> = t.type(
  { _tag: t.literal('OpenTask'), ...task, reason: OpenReason },
  'OpenTask',
)

/**
 * The codec of an ended task whose output and data have codecs of their own.
 *
 * @example
 * import * as t from 'io-ts'
 * import { Json } from '@task-outcome/core'
 * import { endedTask } from '@task-outcome/wait'
 *
 * const EndedImage = endedTask({ output: Json, data: t.type({ imageId: t.string }) })
 *
 * @category codecs
 * @since 0.1.0
 */
export const endedTask = <Output, OutputO, Data, DataO>(parts: {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
}): t.Type<EndedTask<Output, Data>, EndedTask<OutputO, DataO>> =>
  t.type({ _tag: t.literal('EndedTask'), ...task, status: taskEnd(parts) }, 'EndedTask')

/**
 * The codec of an ended task.
 *
 * @category codecs
 * @since 0.1.0
 */
export const EndedTask: t.Type<EndedTask> = endedTask({ output: Json, data: Json })

/**
 * The codec of a result whose tasks' output and data have codecs of their own. It holds the result to what a wait guarantees:
 * each task stands in it once.
 *
 * @example
 * import * as t from 'io-ts'
 * import { Json } from '@task-outcome/core'
 * import { waitResult } from '@task-outcome/wait'
 *
 * const ImageResult = waitResult({ output: Json, data: t.type({ imageId: t.string }) })
 *
 * const restore = (stored: string) => ImageResult.decode(JSON.parse(stored))
 *
 * @category codecs
 * @since 0.1.0
 */
export const waitResult = <Output, OutputO, Data, DataO>(parts: {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
}): t.Type<WaitResult<Output, Data>, WaitResult<OutputO, DataO>> => {
  const ended = t.readonlyArray(endedTask(parts))
  return refine(
    'WaitResult',
    t.union([
      t.type({ _tag: t.literal('AllEnded'), ended }, 'AllEnded'),
      t.type({ _tag: t.literal('SomeOpen'), ended, open: nonEmptyArray(OpenTask) }, 'SomeOpen'),
      t.type(
        { _tag: t.literal('InvalidInput'), reason: Aborted, ended, open: t.readonlyArray(OpenTask) },
        'InvalidInput',
      ),
    ]),
    hasEachTaskOnce,
  )
}

const hasEachTaskOnce = (result: WaitResult<unknown, unknown>): boolean => {
  const all = [...result.ended, ...openTasks(result)]
  return new Set(all.map(({ taskId }) => taskId)).size === all.length
}

/**
 * The codec of a result, to store it or to send it on.
 *
 * @category codecs
 * @since 0.1.0
 */
export const WaitResult: t.Type<WaitResult> = waitResult({ output: Json, data: Json })
