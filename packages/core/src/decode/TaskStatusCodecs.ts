/**
 * @since 0.1.0
 */
import type { Json } from '../json/Json.js'
import type { CodecOrSchema } from './StandardSchema.js'

/**
 * Codecs or schemas for the output and the data of a task. Without one a field is plain JSON. An absent field is not decoded.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskStatusCodecs<Output = Json, Data = Json> {
  /** For `data.output`: the reason of a failure, usually `{ code, message }`. */
  readonly output?: CodecOrSchema<Output>
  /** For `data.data`: the result. */
  readonly data?: CodecOrSchema<Data>
}
