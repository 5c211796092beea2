/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import type { Json } from '../json/Json.js'

/**
 * Codecs for what the response about a task's state may hold beside the state. Where one is not given, it is plain JSON;
 * where there is nothing to decode, the codec is not asked.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskStatusCodecs<Output = Json, Data = Json> {
  /** For `data.output`: `{ code, message }` as a rule, the reason of a failure. */
  readonly output?: t.Decoder<unknown, Output>
  /** For `data.data`: a result. */
  readonly data?: t.Decoder<unknown, Data>
}
