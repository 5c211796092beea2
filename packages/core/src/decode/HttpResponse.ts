/**
 * The HTTP response that decoders read.
 *
 * @since 0.1.0
 */
import type { TaskError } from '../error/TaskError.js'
import type { RecoveredTask } from '../wire/RecoveredTask.js'

/**
 * An HTTP response with its body. The content type is ignored.
 *
 * A transport adds `otherSends` and `describeError`. The decoders of responses take both into account, so pass them the
 * unchanged response of a transport.
 *
 * @category model
 * @since 0.1.0
 */
export interface HttpResponse<Body = string | Uint8Array> {
  /** The HTTP status; 0 if a browser hides it. */
  readonly status: number
  /** The unparsed, decompressed body: its bytes, or its text if the client provides only text. */
  readonly body: Body
  /** The origin that the `Location` header of a redirect points to. */
  readonly redirectOrigin?: string
  /** The delay of the `Retry-After` header, in milliseconds. */
  readonly retryAfterMs?: number
  /**
   * The other requests of the same exchange that may have arrived. If one may have started a task, a submission is a
   * `DeliveryUnknown`.
   */
  readonly otherSends?: ReadonlyArray<OtherSend>
  /** Adds the summary of the request to an error and masks the secrets of the request in it. */
  readonly describeError?: <Failure extends TaskError>(error: Failure) => Failure
}

/**
 * The result of another request of an exchange: a response, or none that is complete although the request may have arrived.
 * `recovered` has the ids in the part of the response that arrived.
 *
 * @category model
 * @since 0.1.0
 */
export type OtherSend =
  | { readonly _tag: 'Answered'; readonly response: HttpResponse }
  | { readonly _tag: 'Unanswered'; readonly recovered: ReadonlyArray<RecoveredTask> }
