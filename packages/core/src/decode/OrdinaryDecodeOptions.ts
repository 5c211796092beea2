/**
 * @since 0.1.0
 */
import type { JsonRecord } from '../json/Json.js'
import type { TaskIdPath } from '../wire/TaskIdPath.js'
import type { CodecOrSchema } from './StandardSchema.js'

/**
 * Options for decoding the response to an ordinary submission.
 *
 * @category model
 * @since 0.1.0
 */
export interface OrdinaryDecodeOptions<Extra = JsonRecord> {
  /** A codec or schema for the extra fields. Default: plain JSON. */
  readonly extra?: CodecOrSchema<Extra>
  /** Where the task id is. A `requestId` elsewhere is a field like others then. Default: `requestId`. */
  readonly taskIdAt?: TaskIdPath
}
