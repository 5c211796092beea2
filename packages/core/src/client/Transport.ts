/**
 * What carries requests: an HTTP client with its limits, seen from the formats that it carries.
 *
 * @since 0.1.0
 */
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import type { TransportError } from '../error/TaskError.js'
import type { AbortSignalLike } from './exchange.js'

/**
 * A request that every transport can send, whatever its client: what a signature is computed over.
 *
 * @category model
 * @since 0.1.0
 */
export interface HttpRequest {
  /** Default: `GET`. */
  readonly method?: string
  /** Absolute, with its query. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is. */
  readonly body?: string | Uint8Array
  /** Ends the request when it aborts. */
  readonly signal?: AbortSignalLike
}

/**
 * Sends a request and returns the response, whatever its status. It decodes nothing: pass the response, as it is, to a decoder
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
