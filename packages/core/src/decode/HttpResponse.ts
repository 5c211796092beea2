/**
 * An HTTP response, as decoders read it.
 *
 * @since 0.1.0
 */
import type { TaskError } from '../error/TaskError.js'
import type { RecoveredTask } from '../wire/RecoveredTask.js'

/**
 * An HTTP response whose body was read. The content type is not consulted.
 *
 * A transport adds what only it knows: what else it sent, and what errors must not show. The decoders of responses take both
 * into account, so pass them a transport's response as it is.
 *
 * @category model
 * @since 0.1.0
 */
export interface HttpResponse<Body = string | Uint8Array> {
  /** The HTTP status; 0 where a browser hides it. */
  readonly status: number
  /** The body as it came, decompressed: its bytes, or its text if the client has only that. */
  readonly body: Body
  /** The origin that the `Location` header of a redirect points to. */
  readonly redirectOrigin?: string
  /** The delay of the `Retry-After` header, in milliseconds. */
  readonly retryAfterMs?: number
  /** The other requests of the same exchange that may have arrived. If one may have started a task, a submission is in doubt. */
  readonly otherSends?: ReadonlyArray<OtherSend>
  /** Adds the summary of the request to an error and masks the secrets of the request in it. */
  readonly describeError?: <Failure extends TaskError>(error: Failure) => Failure
}

/**
 * What became of another request of an exchange: it was answered, or it may have arrived although no complete response came
 * back; `recovered` then has the ids in the part that did.
 *
 * @category model
 * @since 0.1.0
 */
export type OtherSend =
  | { readonly _tag: 'Answered'; readonly response: HttpResponse }
  | { readonly _tag: 'Unanswered'; readonly recovered: ReadonlyArray<RecoveredTask> }
