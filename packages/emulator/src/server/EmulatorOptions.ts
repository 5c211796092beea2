/**
 * @since 0.1.0
 */
import type { CodeFormat, IdFormat } from '../api-2/responseBodies.js'
import type { EmulatedFailures } from '../tasks/EmulatedTask.js'
import type { EmulatedService } from '../api-3/EmulatedService.js'
import type { EmulatorCredential } from '../signature/EmulatorCredential.js'
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
  /**
   * The keys that requests must be signed with. With them, the emulator checks the signatures of API 2.0, and answers API 3.0 at
   * `url`. Default: none, so signatures are not checked and there is no API 3.0.
   */
  readonly credentials?: ReadonlyArray<EmulatorCredential>
  /**
   * How far the `Timestamp` of a signed request of API 2.0 may be from the clock, in milliseconds. Default: 7,200,000, the 2 hours
   * of the older documentation; the newer one says 5 minutes. API 3.0 always allows 5 minutes.
   */
  readonly clockToleranceMs?: number
  /** The services of API 3.0. Default: `services`. */
  readonly services?: ReadonlyArray<EmulatedService>
  /**
   * How many requests for the same action are answered within one second of the clock. More are refused, with 4400 by API 2.0 and
   * with `RequestLimitExceeded` by API 3.0. Default: unlimited.
   */
  readonly maxRequestsPerSecond?: number
  /** Injects random faults at the endpoints of the APIs. Responses of `serve` are not affected. Default: no faults. */
  readonly chaos?: Chaos
}
