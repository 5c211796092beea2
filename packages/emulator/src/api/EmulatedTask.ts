/**
 * @since 0.1.0
 */
import type { ResourceId, TaskId } from '@task-outcome/core'

/**
 * A task that the emulator started. It runs until its time is over; then it has succeeded, or failed if there is a
 * reason.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatedTask {
  readonly id: TaskId
  /** The action that started it. */
  readonly action: string
  /** What it works on; none where the action creates something. */
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** By the emulator's clock, in milliseconds. */
  readonly endsAtMs: number
  /** Why it fails in the end. */
  readonly failure?: EmulatedFailure
}

/**
 * Why a resource is rejected, or why its task fails.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatedFailure {
  readonly code: number
  readonly message: string
}

/**
 * Which resources go wrong, and why: by id, or a function that says so. For an action that creates something there is
 * no resource yet: the name of the action is its id.
 *
 * @example
 * import type { EmulatedFailures } from '@task-outcome/emulator'
 *
 * const some: EmulatedFailures = { 'ins-2': { code: 5000, message: 'no such instance' } }
 * const every: EmulatedFailures = (resourceId, action) =>
 *   action === 'StopInstances' ? { code: 4300, message: `${resourceId} is protected` } : undefined
 *
 * @category model
 * @since 0.1.0
 */
export type EmulatedFailures =
  | Readonly<Record<string, EmulatedFailure>>
  | ((resourceId: string, action: string) => EmulatedFailure | undefined)

/**
 * The first reason that applies.
 *
 * @internal
 */
export const reasonFor = (
  reasons: EmulatedFailures,
  action: string,
  resourceIds: ReadonlyArray<string>,
): EmulatedFailure | undefined => {
  const subjects = resourceIds.length === 0 ? [action] : resourceIds
  for (const subject of subjects) {
    const reason =
      typeof reasons === 'function'
        ? reasons(subject, action)
        : Object.hasOwn(reasons, subject)
          ? reasons[subject]
          : undefined
    if (reason !== undefined) return reason
  }
  return undefined
}
