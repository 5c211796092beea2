/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import type { Json } from '../json/Json.js'

/**
 * Codecs for the output and the data of a task. Without a codec a field is plain JSON. An absent field is not decoded.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskStatusCodecs<Output = Json, Data = Json> {
  /** For `data.output`: the reason of a failure, usually `{ code, message }`. */
  readonly output?: t.Decoder<unknown, Output>
  /** For `data.data`: the result. */
  readonly data?: t.Decoder<unknown, Data>
}
