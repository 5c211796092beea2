/**
 * @since 0.1.0
 */
import type { Fault } from '../faults/Fault.js'

/**
 * What a URL of the emulator answers, byte for byte.
 *
 * @category model
 * @since 0.1.0
 */
export interface StubResponse {
  /** Default: 200. */
  readonly status?: number
  /**
   * Sent as they are, a list as one header a value. `Content-Length` is added, `Content-Type: application/json;
   * charset=utf-8` where there is no `Content-Type`, and the CORS headers that are not given.
   */
  readonly headers?: Readonly<Record<string, string | ReadonlyArray<string>>>
  /** Text is sent as UTF-8. Default: empty. */
  readonly body?: string | Uint8Array
  /** What goes wrong with it. Default: nothing. */
  readonly fault?: Fault
}
