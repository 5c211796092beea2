/**
 * @since 0.1.0
 */
import type { ResourceId, TaskId } from '@task-outcome/core'

/**
 * A task that the emulator started. It runs until `endsAtMs`; then it has succeeded, or failed if it has a `failure`.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatedTask {
  /** For an action of API 3.0 whose tasks are named by their request: the `RequestId`. */
  readonly id: TaskId
  /** The service, such as `clb`; absent if API 2.0 started it. */
  readonly service?: string
  /** The action that started it. */
  readonly action: string
  /** The resources that it works on; none if the action creates one. */
  readonly resourceIds: ReadonlyArray<ResourceId>
  /** When it ends, in milliseconds of the emulator's clock. */
  readonly endsAtMs: number
  /** Why it fails. */
  readonly failure?: EmulatedFailure
}

/**
 * Why a resource is rejected, or why its task fails.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatedFailure {
  /** The code in API 2.0. */
  readonly code: number
  readonly message: string
  /**
   * The code in words, such as `InvalidParameter.ProjectIdNotFound`: `codeDesc` in API 2.0, `Error.Code` in API 3.0. Default:
   * none in API 2.0; in API 3.0 the common code that means the same as `code`, or `FailedOperation`.
   */
  readonly codeDesc?: string
}

/**
 * The resources that fail, and why: a record by resource id, or a function. For an action that creates a resource, use
 * the name of the action as the id.
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
 * Returns the first failure that applies.
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
