/**
 * A task as it is stored.
 *
 * @since 0.1.0
 */
import { ResourceId, TaskId } from '@task-outcome/core'
import { FinishedTask, PendingTask } from '@task-outcome/wait'
import * as t from 'io-ts'

/**
 * What every task has. Times are those of the database, in milliseconds since 1970.
 *
 * @category model
 * @since 0.1.0
 */
export interface TrackedTaskBase {
  /** The id of the record, which grows with each task. */
  readonly id: string
  /** The id of its submission. */
  readonly submissionId: string
  readonly account: string
  readonly action: string
  /** The id that the API gave it. */
  readonly taskId: TaskId
  /** The resources that it works on, as far as they are known. */
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** When it was stored. */
  readonly acceptedAtMs: number
  /** The `traceparent` of its submission, if that has one. */
  readonly traceparent?: string
}

/**
 * It is not known to have ended, and workers query it.
 *
 * @category model
 * @since 0.1.0
 */
export interface OpenTask extends TrackedTaskBase {
  readonly _tag: 'Open'
}

/**
 * The API said how it ended: `ending.status` is `Succeeded` or `Failed`.
 *
 * @category model
 * @since 0.1.0
 */
export interface EndedTask extends TrackedTaskBase {
  readonly _tag: 'Ended'
  readonly endedAtMs: number
  readonly ending: FinishedTask
}

/**
 * Workers stopped querying it, because a policy gave up or the API rejected the query for good: `ending.reason` says which. It may
 * be running. `followAgain` opens it again.
 *
 * @category model
 * @since 0.1.0
 */
export interface GivenUpTask extends TrackedTaskBase {
  readonly _tag: 'GivenUp'
  readonly endedAtMs: number
  readonly ending: PendingTask
}

/**
 * A task that was accepted, or found for a submission in doubt.
 *
 * @category model
 * @since 0.1.0
 */
export type TrackedTask = OpenTask | EndedTask | GivenUpTask

const base = {
  id: t.string,
  submissionId: t.string,
  account: t.string,
  action: t.string,
  taskId: TaskId,
  resourceIds: t.readonlyArray(ResourceId),
  acceptedAtMs: t.number,
}

/**
 * The codec of a task, to send it or to read an export.
 *
 * @category codecs
 * @since 0.1.0
 */
export const TrackedTask: t.Type<TrackedTask> = t.intersection(
  [
    t.union([
      t.type({ _tag: t.literal('Open'), ...base }),
      t.type({ _tag: t.literal('Ended'), ...base, endedAtMs: t.number, ending: FinishedTask }),
      t.type({ _tag: t.literal('GivenUp'), ...base, endedAtMs: t.number, ending: PendingTask }),
    ]),
    t.partial({ traceparent: t.string }),
  ],
  'TrackedTask',
)

/** @internal */
export interface TaskIdentity {
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
}

/** @internal */
export const TaskIdentity: t.Type<TaskIdentity> = t.type(
  { taskId: TaskId, resourceIds: t.readonlyArray(ResourceId) },
  'TaskIdentity',
)
