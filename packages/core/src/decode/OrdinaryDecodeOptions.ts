/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import type { JsonRecord } from '../json/Json.js'
import type { TaskIdPath } from '../wire/TaskIdPath.js'

/**
 * Options for decoding the response to an ordinary submission.
 *
 * @category model
 * @since 0.1.0
 */
export interface OrdinaryDecodeOptions<Extra = JsonRecord> {
  /** A codec for the extra fields. Default: plain JSON. */
  readonly extra?: t.Decoder<unknown, Extra>
  /** Where the task id is. A `requestId` elsewhere is a field like others then. Default: `requestId`. */
  readonly taskIdAt?: TaskIdPath
}
