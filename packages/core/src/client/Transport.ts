/**
 * A transport sends requests: an HTTP client with its limits, independent of any response format.
 *
 * @since 0.1.0
 */
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import type { TransportError } from '../error/TaskError.js'
import type { AbortSignalLike } from './AbortSignalLike.js'

/**
 * A request that every transport can send, whatever its client. Signatures are computed over it.
 *
 * @category model
 * @since 0.1.0
 */
export interface HttpRequest {
  /** Default: `GET`. */
  readonly method?: string
  /** The absolute URL, with its query. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent unchanged. */
  readonly body?: string | Uint8Array
  /** Aborts the request. */
  readonly signal?: AbortSignalLike
}

/**
 * Sends a request and returns the response, whatever its status. It decodes nothing: pass the unchanged response to a decoder
 * such as `decodeBatchResponse`, or the transport to `createTaskClient`.
 *
 * Nothing is sent before the `TaskEither` runs, running it twice sends twice, and it never rejects. `Left`: `NotSent`,
 * `DeliveryUnknown` or `ResponseTooLarge`, with the secrets of the request masked.
 *
 * @typeParam Request - the arguments of a request: a neutral one, or what an HTTP client takes
 *
 * @category model
 * @since 0.1.0
 */
export type Transport<Request extends ReadonlyArray<unknown> = [request: HttpRequest]> = (
  ...request: Request
) => TE.TaskEither<TransportError, HttpResponse>
