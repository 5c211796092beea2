/**
 * @since 0.1.0
 */
import type { EmulatedTask } from '../api/EmulatedTask.js'
import type { StubResponse } from './StubResponse.js'
import type { RecordedRequest } from './RecordedRequest.js'

/**
 * A running emulator.
 *
 * @category model
 * @since 0.1.0
 */
export interface Emulator {
  /** The origin, as `http://127.0.0.1:45678`. */
  readonly url: string
  /** Where the API answers, to GET with a query and to POST with a form: the origin with `/v2/index.php`. */
  readonly endpoint: string
  /**
   * Registers a response under a fresh path and returns its URL. Any method may call it, any number of times. Of a list
   * of responses each is served once, in turn, and the last one from then on.
   *
   * @example
   * import { startEmulator } from '@task-outcome/emulator'
   *
   * const emulator = await startEmulator()
   * const cut = emulator.serve({ body: '{"code":0,"requestId":"17"}', fault: { _tag: 'Close', at: 'withinBody' } })
   * const busyOnce = emulator.serve([{ body: '{"code":4400,"message":"too many requests"}' }, { body: '{"code":0,"requestId":"17"}' }])
   */
  readonly serve: (answer: StubResponse | readonly [StubResponse, ...StubResponse[]]) => string
  /** The requests so far, oldest first; grows as they arrive. */
  readonly requests: ReadonlyArray<RecordedRequest>
  /** The tasks so far, oldest first; grows as they start. What really happened, whatever callers were told. */
  readonly tasks: ReadonlyArray<EmulatedTask>
  /** A URL where connections are refused: its port is taken until `close`, but nothing listens on it. */
  readonly refusedUrl: () => Promise<string>
  /** The origin of a server for `https` that resets every connection in the TLS handshake. */
  readonly handshakeResetUrl: () => Promise<string>
  /**
   * The origin of this very emulator under `https`, with a self-signed certificate. Every path of the
   * emulator answers there as well.
   */
  readonly selfSignedUrl: () => Promise<string>
  /**
   * Ends every connection, also those that are in use. When the promise is fulfilled no socket and no timer is left.
   * May be called again. Never rejects.
   */
  readonly close: () => Promise<void>
}
