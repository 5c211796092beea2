/**
 * @since 0.1.0
 */
import type { BodyStream } from '@task-outcome/core/adapter'

/**
 * The parts of a `Response` that are used. Those that may be missing are in some implementations, and in stand-ins for tests.
 *
 * @category model
 * @since 0.1.0
 */
export interface FetchResponse {
  readonly status: number
  readonly headers: {
    /** The value of a header, whatever the case of its name: `location`, `retry-after` and `date` are asked for. */
    readonly get: (name: string) => string | null
  }
  /** The body, piece by piece, decompressed. `null` is an empty one. */
  readonly body?: BodyStream | null
  /** The whole body, read only where there is no `body`. */
  readonly arrayBuffer?: () => Promise<ArrayBuffer>
  /** The whole body as text, read only where there is no `body` and `arrayBuffer` fails. */
  readonly text?: () => Promise<string>
  /** Another that can be read, called only where there is no `body`. */
  readonly clone?: () => FetchResponse
  /** Whether a redirect was followed. */
  readonly redirected?: boolean
  /** Where the response came from: compared with where the request went. */
  readonly url?: string
}

/**
 * Any function that works like `fetch`: the platform's, undici's, node-fetch's, or one of the caller's around them.
 *
 * @category model
 * @since 0.1.0
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each fetch has input and init types of its own
export type FetchLike = (input: any, init?: any) => Promise<FetchResponse>
