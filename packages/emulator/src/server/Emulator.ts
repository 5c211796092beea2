/**
 * @since 0.1.0
 */
import type { EmulatedTask } from '../tasks/EmulatedTask.js'
import type { StubResponse } from './StubResponse.js'
import type { RecordedRequest } from './RecordedRequest.js'

/**
 * A running emulator.
 *
 * @category model
 * @since 0.1.0
 */
export interface Emulator {
  /** The origin, such as `http://127.0.0.1:45678`. With `credentials`, also the URL of API 3.0, for POST with JSON. */
  readonly url: string
  /** The URL of API 2.0, for GET with a query and POST with a form: the origin with `/v2/index.php`. */
  readonly endpoint: string
  /**
   * Registers a response under a new path and returns its URL, which accepts any method any number of times. The
   * responses of an array are served once each, in turn, then the last one again.
   *
   * @example
   * import { startEmulator } from '@task-outcome/emulator'
   *
   * const emulator = await startEmulator()
   * const truncated = emulator.serve({ body: '{"code":0,"requestId":"17"}', fault: { _tag: 'Close', at: 'withinBody' } })
   * const busyOnce = emulator.serve([{ body: '{"code":4400,"message":"too many requests"}' }, { body: '{"code":0,"requestId":"17"}' }])
   */
  readonly serve: (response: StubResponse | readonly [StubResponse, ...StubResponse[]]) => string
  /** The requests received so far, oldest first; grows as they arrive. */
  readonly requests: ReadonlyArray<RecordedRequest>
  /** The tasks started so far, oldest first; grows as they start. What really happened, whatever clients saw. */
  readonly tasks: ReadonlyArray<EmulatedTask>
  /** Returns a URL that refuses connections: its port is reserved until `close`, but has no listener. */
  readonly refusedUrl: () => Promise<string>
  /** Returns the origin of an `https` server that resets every connection in the TLS handshake. */
  readonly handshakeResetUrl: () => Promise<string>
  /** Returns the `https` origin of this emulator, with a self-signed certificate. It serves every path of `url`. */
  readonly selfSignedUrl: () => Promise<string>
  /**
   * Ends every connection, even those in use. When the promise is fulfilled, no socket and no timer is left. Can be
   * called again. Never rejects.
   */
  readonly close: () => Promise<void>
}
