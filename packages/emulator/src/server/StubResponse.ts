/**
 * @since 0.1.0
 */
import type { Fault } from '../faults/Fault.js'

/**
 * A response of a URL of the emulator, byte for byte.
 *
 * @category model
 * @since 0.1.0
 */
export interface StubResponse {
  /** Default: 200. */
  readonly status?: number
  /**
   * Sent unchanged, an array as one header per value. Adds `Content-Length`, and if missing
   * `Content-Type: application/json; charset=utf-8` and the CORS headers.
   */
  readonly headers?: Readonly<Record<string, string | ReadonlyArray<string>>>
  /** Text is sent as UTF-8. Default: empty. */
  readonly body?: string | Uint8Array
  /** The fault to inject. Default: none. */
  readonly fault?: Fault
}
