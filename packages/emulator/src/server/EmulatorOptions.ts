/**
 * @since 0.1.0
 */
import type { CodeFormat, IdFormat } from '../api/responseBodies.js'
import type { EmulatedFailures } from '../api/EmulatedTask.js'
import type { Chaos } from './Chaos.js'

/**
 * Everything has a default.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatorOptions {
  /** Default: 0, a free port. */
  readonly port?: number
  /** Default: `127.0.0.1`. */
  readonly host?: string
  /** What time it is, in milliseconds: tests that move it need not wait for tasks. Default: `Date.now`. */
  readonly clock?: () => number
  /** How long a task runs. Default: 0, a task has ended when its state is first asked for. */
  readonly taskDurationMs?: number
  /** The resources that are rejected: no task starts. Default: none. */
  readonly rejections?: EmulatedFailures
  /** The resources whose tasks start, and fail in the end. Default: none. */
  readonly failures?: EmulatedFailures
  /** How task ids stand in answers: `"6356502"` or `6356502`. Default: `string`. */
  readonly idFormat?: IdFormat
  /**
   * How codes and the states of tasks stand in responses: `"0"` or `0`. The API's documentation publishes both.
   * `GetFlowStatus` and `CdbTdsqlGetFlowInfo` always send strings, as published. Default: `number`.
   */
  readonly codeFormat?: CodeFormat
  /** The id of the first task; each next one is greater by 1. Default: `6356502n`. */
  readonly firstTaskId?: bigint
  /** Whether a pair of `Nonce` and `Timestamp` that was used before is refused with 4500. Default: `true`. */
  readonly refuseReplays?: boolean
  /** Makes the API's endpoint fail at random. Answers of `serve` are left alone. Default: no faults. */
  readonly chaos?: Chaos
}
