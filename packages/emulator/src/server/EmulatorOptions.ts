/**
 * @since 0.1.0
 */
import type { CodeFormat, IdFormat } from '../api-2/responseBodies.js'
import type { EmulatedFailures } from '../tasks/EmulatedTask.js'
import type { Chaos } from './Chaos.js'

/**
 * Options of the emulator. All have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatorOptions {
  /** The port to listen on. Default: 0, a free port. */
  readonly port?: number
  /** The address to listen on. Default: `127.0.0.1`. */
  readonly host?: string
  /** Returns the time in milliseconds. A test that controls it need not wait for tasks. Default: `Date.now`. */
  readonly clock?: () => number
  /** How long a task runs, in milliseconds. Default: 0, so a task has ended at its first query. */
  readonly taskDurationMs?: number
  /** The resources that are rejected, so that no task starts. Default: none. */
  readonly rejections?: EmulatedFailures
  /** The resources whose tasks start, but fail. Default: none. */
  readonly failures?: EmulatedFailures
  /** How task ids are written in responses: `"6356502"` or `6356502`. Default: `string`. */
  readonly idFormat?: IdFormat
  /**
   * How codes and the states of tasks are written in responses: `"0"` or `0`. The documentation of the API shows both.
   * `GetFlowStatus` and `CdbTdsqlGetFlowInfo` always send strings, as documented. Default: `number`.
   */
  readonly codeFormat?: CodeFormat
  /** The id of the first task; later ones count up. Default: `6356502n`. */
  readonly firstTaskId?: bigint
  /** Whether to reject a repeated pair of `Nonce` and `Timestamp` with 4500. Default: `true`. */
  readonly refuseReplays?: boolean
  /** Injects random faults at the endpoint of the API. Responses of `serve` are not affected. Default: no faults. */
  readonly chaos?: Chaos
}
