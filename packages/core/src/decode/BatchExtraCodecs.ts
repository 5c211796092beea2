/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import type { JsonRecord } from '../json/Json.js'

/**
 * Codecs for the fields of a batch answer that the format does not name. Where one is not given, the fields are plain
 * JSON.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchExtraCodecs<ResponseExtra = JsonRecord, EntryExtra = JsonRecord> {
  /** For the fields beside `detail`. Not used where nothing was accepted. */
  readonly response?: t.Decoder<unknown, ResponseExtra>
  /** For the fields in each accepted entry. */
  readonly entry?: t.Decoder<unknown, EntryExtra>
}
