/**
 * @since 0.1.0
 */
import type { BodyStream } from '@task-outcome/core/adapter'

/**
 * The parts of a `Response` that are used. Some implementations, and stubs in tests, lack the optional ones.
 *
 * @category model
 * @since 0.1.0
 */
export interface FetchResponse {
  readonly status: number
  readonly headers: {
    /** Returns the value of a header; names are case-insensitive. Called with `location`, `retry-after` and `date`. */
    readonly get: (name: string) => string | null
  }
  /** The decompressed body as a stream of chunks; `null` for an empty body. */
  readonly body?: BodyStream | null
  /** Reads the whole body. Called only without `body`. */
  readonly arrayBuffer?: () => Promise<ArrayBuffer>
  /** Reads the whole body as text. Called only if there is no `body` and `arrayBuffer` is missing or fails. */
  readonly text?: () => Promise<string>
  /** Returns a copy whose body can be read separately. Called only without `body`. */
  readonly clone?: () => FetchResponse
  /** Whether a redirect was followed. */
  readonly redirected?: boolean
  /** The URL of the response. If it differs from the request's, a redirect was followed. */
  readonly url?: string
}

/**
 * Any function that works like `fetch`: the platform's, undici's, node-fetch's, or a custom wrapper of these.
 *
 * @category model
 * @since 0.1.0
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- implementations differ in their input and init types
export type FetchLike = (input: any, init?: any) => Promise<FetchResponse>
